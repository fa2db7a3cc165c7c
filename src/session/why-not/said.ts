/** What is said of why something does not come about: keys of the page's texts with what fills them, so that any language can say it. */
import type { Container, Pod } from '../../engine/api/types';
import type { KubeletWait } from '../../engine/kubelet-waits';
import type { Input } from '../../engine/simulation';

/** Each is a text of the page, `whyNot.` before it. */
export type SaidKey =
  | `pod.${'fits' | 'room' | 'waiting' | 'gated' | 'noScheduler' | 'image' | 'imageAgain' | 'missing' | 'container' | 'again' | 'backOff' | 'left' | 'unready' | 'unproved' | 'claim'}`
  | `verdict.${'cordoned' | 'taint' | 'labels' | 'affinity' | 'room' | 'pods' | 'port' | 'other' | 'fits'}`
  | `rollout.${'bounds' | 'now' | 'full' | 'needed' | 'paused' | 'pod' | 'podAlone' | 'refused' | 'ordered' | 'behind'}`
  | 'custom.nobody'
  | `job.${'left' | 'suspended'}`
  | 'daemon.nodes'
  | `drain.${'left' | 'budget'}`
  | `claim.${'wants' | 'noClass' | 'missingClass' | 'nobody' | 'consumer' | 'refused' | 'noVolumes' | 'missing'}`
  | `fix.${'uncordon' | 'untaint' | 'tolerate' | 'label' | 'request' | 'fewer' | 'node' | 'spread' | 'apart' | 'gate'}`
  | `fix.${'scheduler' | 'selector' | 'affinity' | 'together' | 'free' | 'hostPort' | 'without' | 'advertise'}`
  | `fix.${'probePort' | 'probePath' | 'noProbe' | 'image' | 'memory' | 'unsuspend' | 'unhealthy'}`
  | `fix.${'create' | 'undo' | 'resume' | 'unavailable' | 'surge' | 'quota' | 'scale' | 'minAvailable' | 'maxUnavailable'}`
  | `fix.${'claim' | 'claimVolume' | 'class' | 'otherClass' | 'defaultClass' | 'volume' | 'release' | 'consumer' | 'modes' | 'delete'}`;

/** See the header. */
export interface Said {
  readonly key: SaidKey;
  readonly values: Readonly<Record<string, string | number>>;
}

export const say = (key: SaidKey, values: Said['values'] = {}): Said => ({ key, values });

/** What one node or volume says to it. */
export interface Verdict {
  readonly kind: 'Node' | 'PersistentVolume';
  readonly name: string;
  readonly reasons: readonly Said[];
}

/** A small change that might help. */
export interface Candidate {
  readonly said: Said;
  readonly input: Input;
  /** Where it is not enough by itself: what is done after it. */
  readonly also?: Candidate;
}

/** Why something does not come about, and what might be done about it, the smallest change first. */
export interface Finding {
  readonly sentences: readonly Said[];
  readonly verdicts: readonly Verdict[];
  readonly candidates: readonly Candidate[];
  /** How much is still missing: 0 once it has come about. */
  readonly missing: Missing;
  /** What has to be done once more after the change, as a person would. */
  readonly again?: Input;
  /** How far it is, of what is counted. */
  readonly standing?: Said;
  /** Nobody here would bring it about: there is nothing to try. */
  readonly isNobodys?: true;
}

/** Counts what is missing at the head of a run. */
export type Missing = (world: World) => number;

/** An object by its name. */
export interface Reference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The scheduler's latest word on a Pod, as far as it is read here. */
export interface SchedulersWord {
  readonly nodes: readonly { readonly node: string; readonly reasons: readonly string[] }[];
}

/** What is asked: the objects of a moment, and what the scheduler last said of a Pod. */
export interface Asked {
  readonly world: World;
  readonly wordOn: (pod: Reference) => SchedulersWord | undefined;
}

/** The objects of one moment, and what kubelets wait for. */
export interface World {
  list<T>(kind: string): readonly T[];
  get<T>(kind: string, namespace: string | undefined, name: string): T | undefined;
  waits(pod: Pod): readonly KubeletWait[];
  /** The ports on which a container's program answers. */
  serves(pod: Pod, container: Container): readonly number[];
}

/** A command as an act. */
export const command = (text: string, stdin?: string): Input => ({
  to: 'user',
  kind: 'kubectl',
  payload: { command: text, ...(stdin === undefined ? {} : { stdin }) },
});

/** Manifests as an act. */
export const applying = (...documents: readonly object[]): Input => ({
  to: 'user',
  kind: 'apply',
  payload: { documents },
});

/** ` -n NAMESPACE` where it is not the usual one. */
export const inNamespace = (namespace: string | undefined): string =>
  namespace && namespace !== 'default' ? ` -n ${namespace}` : '';
