/** What the runners of one branch share. */
import type { Kept } from '../api/kept';
import type { KubeObject } from '../api/meta';
import type { ApiServer } from '../apiserver/handle';
import type { Context } from '../client/component';
import type { DerivedTrial, PureResults } from '../client/derived';
import type { Environment } from '../client/environment';
import type { Store } from '../store/store';
import type { Firing } from './firing';
import type { ReadLog } from './read-log';

/** What runners share: the world of one branch. */
export interface World {
  readonly store: Store<KubeObject>;
  readonly api: ApiServer;
  readonly environment: Environment;
  readonly startUnixMs: number;
  readonly seed: number;
  nowMs: number;
  /** metav1.Time now. */
  readonly now: string;
  firing: Firing;
  readonly flags: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly derivedTrial: DerivedTrial;
  readonly pureResults: PureResults;
  readonly reads: ReadLog | undefined;
  readonly kept: Pick<Kept, 'laidOut'>;
  input(key: string): { readonly kind: string; readonly payload: unknown };
  /** What another component sees; undefined when there is none of that name. */
  contextOf(actor: string): Context | undefined;
  nextStep(): number;
}
