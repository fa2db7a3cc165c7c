/**
 * The scheduler as a component: hears of Pods, Nodes and what else placement depends on, and tries one Pod per attempt.
 * Follows pkg/scheduler/scheduler.go. Simplified: one profile (default-scheduler), and
 * every attempt takes 1 ms.
 */

import type { Pod } from '../api/types';
import type { Component, Watch, WatchEvent } from '../client/component';
import type { Timer } from '../kernel/timers';
import { runBindingCycle } from './binding-cycle';
import { type Scheduling, schedulingOf } from './cluster-view';
import { OWNER_KINDS } from './default-selector';
import { concernsPlacement, concernsRoom, labelsChanged, onNode, onPod, onStorage } from './event-handlers';
import type { SchedulerContext, SchedulerMemory } from './memory';
import { armAttempt, beginAttempt, SCHEDULING_WORKERS } from './pace';
import { DEFAULT_PROFILE, type ProfileEntry } from './plugins/registry';
import { activate, flushLeftovers, retry } from './requeue';
import { frameworkOf } from './runtime';
import { scheduleOne } from './schedule-one';
import { newQueue } from './scheduling-queue';
import { STORAGE_KINDS } from './storage-view';

/** Kinds that are looked up when needed; their changes wake nobody. */
const READ_ONLY: readonly Watch<SchedulerMemory>[] = [
  ...OWNER_KINDS.map(({ kind }) => kind),
  'PodDisruptionBudget',
  'CSIDriver',
].map((kind) => ({ kind, on: () => undefined, filter: () => false }));

/** Kinds whose changes only alter what is derived from them. */
const DERIVED_FROM: readonly Watch<SchedulerMemory>[] = [
  { kind: 'Namespace', on: () => undefined, filter: (_actor, event) => labelsChanged(event) },
  { kind: 'Service', on: () => undefined },
];

/** Ends the wait of a Pod whose last attempt broke. */
function onBackoffOver(scheduling: Scheduling, key: string): void {
  const { memory, lister } = scheduling.context;
  const queued = memory.queued.get(key);
  const pod = lister.byKey<Pod>('Pod', key);
  if (queued?.place === 'errorBackoff' && pod) retry(scheduling, queued, pod);
}

function onTimer(scheduling: Scheduling, { kind, key }: Timer): void {
  if (kind === 'schedule') {
    beginAttempt(scheduling.context);
    scheduleOne(scheduling);
    armAttempt(scheduling.context);
  } else if (kind === 'bind') runBindingCycle(scheduling, key);
  else if (kind === 'backoff') onBackoffOver(scheduling, key);
  else if (kind === 'activate') activate(scheduling, key);
  else if (kind === 'flush') flushLeftovers(scheduling);
}

/** A scheduler with these plugins. */
export function createScheduler(profile: readonly ProfileEntry[] = DEFAULT_PROFILE): Component<SchedulerMemory> {
  const framework = frameworkOf(profile);
  const hears =
    (handler: (scheduling: Scheduling, event: WatchEvent) => void) =>
    (context: SchedulerContext, event: WatchEvent): void =>
      handler(schedulingOf(context, framework), event);
  return {
    name: 'default-scheduler',
    process: 'kube-scheduler',
    watches: [
      { kind: 'Pod', on: hears(onPod), filter: (_actor, event) => concernsPlacement(event) },
      { kind: 'Node', on: hears(onNode), filter: (_actor, event) => concernsRoom(event) },
      ...STORAGE_KINDS.map((kind) => ({ kind, on: hears(onStorage) })),
      ...DERIVED_FROM,
      ...READ_ONLY,
    ],
    workers: SCHEDULING_WORKERS,
    wakes: [
      { kind: 'Pod', relation: 'for' },
      { kind: 'Node', relation: 'watches' },
    ],
    initial: () => ({
      ...newQueue(),
      assumed: new Map(),
      assumedStorage: new Map(),
      bindings: new Map(),
      nominated: new Map(),
      nextStartNodeIndex: 0,
      startedAtMs: 0,
      isAttemptSet: false,
      flushAtMs: null,
    }),
    start: ({ memory, nowMs }) => {
      memory.startedAtMs = nowMs;
    },
    handle: (context, timer) => onTimer(schedulingOf(context, framework), timer),
  };
}

/** The scheduler of a cluster. */
export const scheduler: Component<SchedulerMemory> = createScheduler();
