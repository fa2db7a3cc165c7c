/**
 * What has been applied from the editor by a moment, told from what was done by hand: an edit is the difference between the
 * text now and what holds where it is applied. A manifest that the run began with and that is gone from the text stays in the
 * cluster, as kubectl leaves it; one that an edit brought (a name half typed, a paste undone) goes with it.
 */
import type { KubeObject } from '../engine/api/meta';
import { deepEqual } from '../engine/api/plain';
import type { TimedInput } from '../engine/simulation';
import type { ApplyPayload, KubectlPayload } from '../kubectl/user';

/** The file name under which edits are applied. */
export const EDITOR = 'editor';

/** What it takes to get from what holds to a text. */
export interface TextChanges {
  /** Manifests that are new or differ. */
  readonly changed: readonly KubeObject[];
  /** Manifests that earlier edits had brought. */
  readonly vanished: readonly KubeObject[];
}

/** A name for the object that a manifest describes. Texts are applied as people write them: anything may be missing. */
export function identityOf({ apiVersion, kind, metadata }: KubeObject): string {
  const [group, version] = String(apiVersion).split('/');
  return JSON.stringify([version ? group : '', kind, metadata?.namespace ?? 'default', metadata?.name]);
}

/** The command that takes an object away. */
export function deletionOf({ apiVersion, kind, metadata }: KubeObject): string {
  const [group, version] = String(apiVersion).split('/');
  const type = version ? `${kind}.${version}.${group}` : kind;
  const namespace = metadata?.namespace ? ` -n ${metadata.namespace}` : '';
  return `delete ${type} ${metadata?.name}${namespace} --ignore-not-found --wait=false`;
}

/** The manifests that hold after a step: those that the run began with, as the edits up to there left them. */
export function heldAt(
  initial: readonly KubeObject[],
  inputs: readonly TimedInput[],
  step: number,
): readonly KubeObject[] {
  const held = new Map(initial.map((object) => [identityOf(object), object]));
  for (const input of inputs) {
    if (!('afterStep' in input) || input.afterStep >= step) continue;
    if (input.kind === 'apply') {
      for (const object of (input.payload as ApplyPayload).documents) held.set(identityOf(object), object);
    } else if (input.kind === 'kubectl') {
      const { command } = input.payload as KubectlPayload;
      for (const [identity, object] of held) if (command === deletionOf(object)) held.delete(identity);
    }
  }
  return [...held.values()];
}

/** The changes of a text against what holds; a key without a value is a null, as for kubectl. */
export function changesOf(
  initial: readonly KubeObject[],
  held: readonly KubeObject[],
  text: readonly KubeObject[],
): TextChanges {
  const changed = text.filter((object) => !held.some((before) => deepEqual(before, object)));
  const kept = new Set([...initial, ...text].map(identityOf));
  const vanished = held.filter((object) => object.metadata?.name && !kept.has(identityOf(object)));
  return { changed, vanished };
}
