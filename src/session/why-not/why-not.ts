/**
 * Why something does not come about: a Pod on no node, one that does not run, a rollout that waits, a DaemonSet that is not on
 * every node, a drain that blocks, a claim that stays unbound. The arithmetic is read off the moment; which change would help is found by
 * trying each on a branch of its own.
 */

import { isPodReady } from '../../engine/api/conditions';
import { isActedOn } from '../../engine/api/custom-resources/acted-on';
import { isJobFinished, isManagedElsewhere } from '../../engine/api/job';
import type { KubeObject } from '../../engine/api/meta';
import { isPodActive } from '../../engine/api/pod';
import { findResource, groupOf, kindId } from '../../engine/api/scheme';
import type {
  DaemonSet,
  Deployment,
  Job,
  Node,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  StatefulSet,
} from '../../engine/api/types';
import type { Simulation } from '../../engine/simulation';
import { type Cursor, forkAt } from '../cursor';
import { claimFinding } from './claim';
import { unreadyFinding } from './creating-pod';
import { daemonSetFinding } from './daemon-set';
import { budgetFinding, drainFinding } from './drain';
import { noNodeFinding } from './no-node';
import { rolloutFinding } from './rollout';
import {
  type Asked,
  type Candidate,
  command,
  type Finding,
  inNamespace,
  type Reference,
  type Said,
  type SchedulersWord,
  say,
  type Verdict,
  type World,
} from './said';
import { type Trial, trialOn } from './trial';
import { again, rootOf, worldAt } from './world';

/** A change, and how its trial ended; null while it has not been tried. */
export interface Remedy extends Candidate {
  readonly trial: Trial | null;
}

/**
 * See the header. Remedies that help come first, the smallest change before larger ones. What comes about by itself no change helps but
 * one that is faster.
 */
export interface WhyNot {
  /** The step it is about. */
  readonly step: number;
  readonly sentences: readonly Said[];
  readonly verdicts: readonly Verdict[];
  /** How it goes on without a change; null while that has not been tried. */
  readonly alone: Trial | null;
  readonly remedies: readonly Remedy[];
  /** Nobody here would bring it about: nothing is tried. */
  readonly isNobodys: boolean;
}

/** What is asked about, and when. */
export interface WhyNotQuestion {
  readonly about: Reference;
  readonly at: Cursor;
  /** Whether changes are tried, which takes time. */
  readonly tries: boolean;
}

/** So many changes are tried at most; and so many pairs of them, where none is enough by itself. */
const MOST_TRIALS = 6;
const MOST_PAIRS = 4;

/** The answer, bit by bit; null where nothing fails to come about. */
export function whyNotSearch(
  simulation: Simulation,
  { about, at, tries }: WhyNotQuestion,
  wordOn: (pod: Reference) => SchedulersWord | undefined,
): () => WhyNot | null | undefined {
  const step = Math.min(at.step, simulation.step);
  const finding = findingOf({ world: worldAt(simulation, step), wordOn }, about);
  if (!finding) return () => null;
  const waiting = finding.candidates.slice(0, MOST_TRIALS);
  const untried = waiting.map((candidate) => ({ ...candidate, trial: null }));
  if (!tries || finding.isNobodys) return () => answerOf(step, finding, null, untried);
  const remedies: Remedy[] = [];
  let alone: Trial | undefined;
  let isPaired = false;
  const cursor = { step, timeMs: Math.min(at.timeMs, simulation.nowMs) };
  let trial: (() => Trial | undefined) | undefined;
  const later = (world: World) => findingOf({ world, wordOn: () => undefined }, about);
  return () => {
    if (alone && !isPaired && remedies.length === waiting.length) {
      isPaired = true;
      waiting.push(...pairsOf(alone, remedies));
    }
    const candidate = alone && waiting[remedies.length];
    if (alone && !candidate) return answerOf(step, finding, alone, remedies);
    trial ??= trialOn(forkAt(simulation, cursor), candidate, finding, later);
    const ended = trial();
    if (!ended) return undefined;
    if (candidate && alone) remedies.push({ ...candidate, trial: against(alone, ended) });
    else alone = ended;
    trial = undefined;
    return undefined;
  };
}

/** Where nothing helps by itself: two changes, those first that came furthest. */
function pairsOf(alone: Trial, remedies: readonly Remedy[]): Candidate[] {
  if (alone.helps || remedies.some(({ trial }) => trial?.helps)) return [];
  const possible = remedies.filter(({ trial }) => trial?.refused === undefined);
  const left = ({ trial }: Remedy): number => trial?.after ?? 0;
  const pairs = possible.flatMap((one, place) => possible.slice(place + 1).map((other) => [one, other] as const));
  const best = pairs.sort(([a, b], [c, d]) => left(a) + left(b) - left(c) - left(d)).slice(0, MOST_PAIRS);
  return best.map(([{ said, input }, also]) => ({ said, input, also: { said: also.said, input: also.input } }));
}

const against = (alone: Trial, ended: Trial): Trial => ({
  ...ended,
  helps: ended.helps && (!alone.helps || ended.tookMs < alone.tookMs),
});

function answerOf(
  step: number,
  { sentences, verdicts, isNobodys }: Finding,
  alone: Trial | null,
  remedies: readonly Remedy[],
): WhyNot {
  const helpful = remedies.filter(({ trial }) => trial?.helps);
  // That of two none helps need not be said where it is said of each.
  const others = remedies.filter(({ trial, also }) => !trial?.helps && !also);
  return { step, sentences, verdicts, alone, remedies: [...helpful, ...others], isNobodys: isNobodys === true };
}

function findingOf(asked: Asked, { kind, namespace, name }: Reference): Finding | undefined {
  const { world } = asked;
  const object = world.get<KubeObject>(kind, namespace || undefined, name);
  if (!object || object.metadata.deletionTimestamp) return undefined;
  switch (kind) {
    case 'Pod':
      return podFinding(asked, object as Pod);
    case 'Deployment':
    case 'StatefulSet':
      return rolloutFinding(asked, object as Deployment | StatefulSet);
    case 'ReplicaSet': {
      const root = rootOf(world, object);
      return root.kind === 'Deployment' ? rolloutFinding(asked, root as Deployment) : undefined;
    }
    case 'DaemonSet':
      return daemonSetFinding(world, object as DaemonSet);
    case 'Node':
      return drainFinding(world, object as Node);
    case 'PodDisruptionBudget':
      return budgetFinding(world, object as PodDisruptionBudget);
    case 'PersistentVolumeClaim':
      return claimFinding(world, object as PersistentVolumeClaim);
    case 'Job':
      return jobFinding(object as Job);
    default:
      return customFinding(object);
  }
}

/** Left to another controller, which nobody runs here; or suspended. */
function jobFinding(job: Job): Finding | undefined {
  const { managedBy = '', suspend } = job.spec;
  if (isJobFinished(job)) return undefined;
  if (isManagedElsewhere(job)) return nobodys(say('job.left', { manager: managedBy }));
  if (!suspend) return undefined;
  const { name, namespace } = job.metadata;
  const text = `patch job ${name}${inNamespace(namespace)} --type=merge -p '{"spec":{"suspend":false}}'`;
  return {
    sentences: [say('job.suspended')],
    verdicts: [],
    candidates: [{ said: say('fix.unsuspend', { name }), input: command(text) }],
    missing: (world) => {
      const now = again<Job>(world, job);
      return Number(!now || (!isJobFinished(now) && !now.status?.active));
    },
  };
}

/** Of what is left to somebody who is not here. */
const nobodys = (said: Said): Finding => ({
  sentences: [said],
  verdicts: [],
  candidates: [],
  missing: () => 1,
  isNobodys: true,
});

/** Of a custom kind that nobody acts on. */
function customFinding({ apiVersion, kind }: KubeObject): Finding | undefined {
  const group = groupOf(apiVersion);
  if (findResource(kindId(apiVersion, kind)) || isActedOn(group)) return undefined;
  return nobodys(say('custom.nobody', { kind, group }));
}

/** On no node; or on one and not ready; or on one that is being drained. */
function podFinding(asked: Asked, pod: Pod): Finding | undefined {
  if (!isPodActive(pod)) return undefined;
  const { world } = asked;
  if (!pod.spec.nodeName) return noNodeFinding(asked, pod);
  if (!isPodReady(pod)) return unreadyFinding(world, pod);
  const node = world.get<Node>('Node', undefined, pod.spec.nodeName);
  return node && drainFinding(world, node);
}
