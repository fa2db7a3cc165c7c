/** What an admission plugin is. What differs between kinds is in their definitions (api/kinds/). */
import type { KindDefinition } from '../api/kinds/definition';
import type { RequestContext } from '../api/kinds/strategy';
import type { KubeObject } from '../api/meta';

import type { Attributes, Decision } from './authorization/authorizer';

export type { RequestContext, Strategy } from '../api/kinds/strategy';

/** What admission plugins are given. */
export interface AdmissionRequest extends RequestContext {
  /** The kind that is written. */
  readonly info: KindDefinition;
  /** Whether somebody may do something. */
  decide(attributes: Attributes): Decision;
  /** What was stored of a kind before the present second began. */
  listBefore(kind: string): readonly KubeObject[];
  /** How the path that is written to shows an object, if it isn't as itself. */
  readonly shown?: (object: KubeObject) => KubeObject;
  /** Stores another object's new status, as the API server itself. */
  commitStatus(object: KubeObject): void;
}

/** One admission plugin: admission/<plugin>.ts, ordered in admission/registry.ts. Mutating first, then validating. */
export interface AdmissionPlugin {
  readonly name: string;
  admit?(draft: KubeObject, old: KubeObject | undefined, request: AdmissionRequest): void;
  /** Throws StatusError (403) to refuse. For DELETE `object` is the one being deleted. */
  validate?(object: KubeObject, old: KubeObject | undefined, request: AdmissionRequest): void;
}
