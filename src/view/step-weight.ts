/**
 * How much a step matters to whoever looks: some are what keeps a cluster alive and say nothing new (heartbeats), most are
 * somebody's reaction, and some are what a story of the run would be made of. Pure.
 */
import { findCondition } from '../engine/api/conditions';
import type { Condition } from '../engine/api/meta';
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
  ...[
    'kill',
    'lead',
    'lose',
    'oom-kill',
    'preempt',
    'provision',
    'reject',
    'release',
    'remove',
    'resize',
    'run',
    'scale',
    'schedule',
  ],
  ...['shutdown', 'skip', 'start', 'stop', 'stop-leading', 'unprotect', 'unschedulable', 'fail', 'recover'],
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

/** That a leader stands down, and that it leads again: no heartbeats, though they are about a Lease. */
const LEADING = new Set(['lead', 'stop-leading']);

/** True for steps that repeat without end and tell nothing new. */
export function isHeartbeat({ verb, object }: WeighedStep): boolean {
  return verb === 'renew' || (object?.kind === 'Lease' && !LEADING.has(verb));
}

function isMilestone({ actor, verb, object }: WeighedStep): boolean {
  if (actor === 'user' || actor === 'fault') return true;
  // That the controller has heard of a Node is no more than an echo of its joining.
  if (object?.kind === 'Node') return verb !== 'register' || actor.startsWith('kubelet/');
  return MILESTONES.has(verb) && (!OWN_KINDS.has(object?.kind ?? '') || LEADING.has(verb));
}

/** Whether a step is worth stopping at on a level. */
export function matters(step: WeighedStep, level: StepLevel): boolean {
  if (level === 'all') return true;
  return level === 'reconciles' ? !isHeartbeat(step) : !isHeartbeat(step) && isMilestone(step);
}

/** What is asked of a run to weigh its steps. */
export type Weighable = Pick<Simulation, 'traceAt' | 'revisionAt' | 'changes' | 'objectAt'>;

/** Requests are counted each second; no further back than this is looked for what was said of the one before. */
const SECOND_MS = 1_000;
const SECOND_STEPS = 400;

/** True for a second in which requests failed as in the one before. */
function failsOn(simulation: Weighable, { step, time, actor, verb, message }: TraceStep): boolean {
  for (let at = step - 1; at > Math.max(0, step - SECOND_STEPS); at -= 1) {
    const before = simulation.traceAt(at);
    if (before.time < time - SECOND_MS) return false;
    if (before.actor !== actor) continue;
    if (before.verb !== verb) return false;
    if (before.message === message) return true;
  }
  return false;
}

/** True for a probe that failed as the one before it did, and changed nothing: no more than an Event comes of it; and for requests that do. */
export function isRepeated(simulation: Weighable, record: TraceStep): boolean {
  const { step, actor, verb, cause, message } = record;
  if (verb === 'fail' && actor.startsWith('traffic/')) return failsOn(simulation, record);
  if (verb !== 'probe' || !cause) return false;
  const before = simulation.traceAt(cause);
  if (before.verb !== verb || before.message !== message) return false;
  return simulation
    .changes(simulation.revisionAt(step - 1), simulation.revisionAt(step))
    .every(({ kind }) => kind === 'Event');
}

/** By kind, the condition that says that an object has given up what it was made for. */
const GIVEN_UP: Readonly<Record<string, readonly [type: string, status: string]>> = {
  Deployment: ['Progressing', 'False'],
  Job: ['Failed', 'True'],
};

/** True for a report by which an object gives up: a rollout that took too long, a Job that failed too often or too late. */
function givesUp(simulation: Weighable, { step, verb, object }: TraceStep): boolean {
  const [type, status] = GIVEN_UP[object?.kind ?? ''] ?? [];
  if (!object || type === undefined || (verb !== 'update-status' && verb !== 'sync')) return false;
  const { kind, namespace, name } = object;
  const hasAt = (at: number): boolean => {
    const found = simulation.objectAt(at, kind, namespace, name);
    const { conditions } = (found?.status ?? {}) as { conditions?: readonly Condition[] };
    return findCondition(conditions, type)?.status === status;
  };
  return hasAt(step) && !hasAt(step - 1);
}

/** {@link matters}, for a step of a run: what only repeats itself is told where every step is, and what gives up is a milestone. */
export function mattersIn(simulation: Weighable, record: TraceStep, level: StepLevel): boolean {
  if (!matters(record, level)) return level === 'milestones' && givesUp(simulation, record);
  return level === 'all' || !isRepeated(simulation, record);
}
