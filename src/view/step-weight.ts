/**
 * How much a step matters to whoever looks: some are what keeps a cluster alive and say nothing new (heartbeats), most are
 * somebody's reaction, and some are what a story of the run would be made of. Pure.
 */
import type { Simulation } from '../engine/simulation';
import type { TraceStep } from '../engine/trace/trace';

/** Which steps are worth stopping at: fewest first. */
export const STEP_LEVELS = ['milestones', 'reconciles', 'all'] as const;

export type StepLevel = (typeof STEP_LEVELS)[number];

/** What is known of a step here. */
export type WeighedStep = Pick<TraceStep, 'actor' | 'verb' | 'object'>;

/** What makes a story, whoever does it. */
const MILESTONES = new Set([
  ...['adopt', 'attach', 'back-off', 'bind', 'boot', 'create', 'delete', 'detach', 'end', 'evict', 'forget', 'keep'],
  ...['kill', 'oom-kill', 'preempt', 'provision', 'reject', 'release', 'remove', 'resize', 'run', 'scale', 'schedule'],
  ...['skip', 'start', 'stop', 'unprotect', 'unschedulable', 'fail', 'recover'],
]);

/** What the cluster makes and keeps for itself. */
const OWN_KINDS = new Set([
  'ConfigMap',
  'ControllerRevision',
  'EndpointSlice',
  'Endpoints',
  'Event',
  'Lease',
  'Secret',
]);

/** True for steps that repeat without end and tell nothing new. */
export function isHeartbeat({ verb, object }: WeighedStep): boolean {
  return verb === 'renew' || object?.kind === 'Lease';
}

function isMilestone({ actor, verb, object }: WeighedStep): boolean {
  if (actor === 'user' || actor === 'fault') return true;
  // That the controller has heard of a Node is no more than an echo of its joining.
  if (object?.kind === 'Node') return verb !== 'register' || actor.startsWith('kubelet/');
  return MILESTONES.has(verb) && !OWN_KINDS.has(object?.kind ?? '');
}

/** Whether a step is worth stopping at on a level. */
export function matters(step: WeighedStep, level: StepLevel): boolean {
  if (level === 'all') return true;
  return level === 'reconciles' ? !isHeartbeat(step) : !isHeartbeat(step) && isMilestone(step);
}

/** What is asked of a run to weigh its steps. */
export type Weighable = Pick<Simulation, 'traceAt' | 'revisionAt' | 'changes'>;

/** True for a probe that failed as the one before it did, and changed nothing: no more than an Event comes of it. */
export function isRepeated(simulation: Weighable, { step, verb, cause, message }: TraceStep): boolean {
  if (verb !== 'probe' || !cause) return false;
  const before = simulation.traceAt(cause);
  if (before.verb !== verb || before.message !== message) return false;
  return simulation
    .changes(simulation.revisionAt(step - 1), simulation.revisionAt(step))
    .every(({ kind }) => kind === 'Event');
}

/** {@link matters}, for a step of a run: what only repeats itself is told where every step is. */
export const mattersIn = (simulation: Weighable, record: TraceStep, level: StepLevel): boolean =>
  matters(record, level) && (level === 'all' || !isRepeated(simulation, record));
