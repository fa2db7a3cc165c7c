/**
 * Whether kube-controller-manager and kube-scheduler lead. While the API server answers in time nothing is to be seen of it; when it does not, a
 * leader gives up, its process ends and is started again, and takes the Lease once that has run out: until then its components stand still.
 * Follows cmd/kube-controller-manager/app (leaderElectAndRun) and cmd/kube-scheduler/app/server.go; when that is, leader-lease.ts says.
 * `component-down` is a crash: nobody lets go of the Lease. Simplified: one candidate each; renewals are written only where a scenario names a
 * flag of leader election, and otherwise a Lease says when it was taken.
 */
import { parseDuration } from './api/duration';
import { flagText } from './api/flag-text';
import { formatMicroTimestamp, parseTimestamp } from './api/timestamp';
import type { Lease } from './api/types';
import type { Component, Context, Memory } from './client/component';
import { isApiServerDown, leadershipLost, storageLatencyMs } from './client/environment';
import { Random } from './kernel/random';
import { uuidOf } from './kubelet/node-object';
import {
  canRenew,
  LEASE_DEFAULTS,
  type LeaseSettings,
  lostAtMs,
  type Reach,
  retryWaitMs,
  takenAtMs,
  upAtMs,
} from './leader-lease';
import type { SimulationConfig } from './simulation';

/** The processes that lead by a Lease. */
export const LEADERS: readonly string[] = ['kube-controller-manager', 'kube-scheduler'];

const NAMESPACE = 'kube-system';

interface LeaderMemory extends Memory {
  phase: 'leads' | 'fails' | 'ended' | 'waits';
  /** Timers of another are stale. */
  turn: number;
  endedAtMs: number;
  /** When the process that waits saw the Lease first; -1: not yet. */
  seenAtMs: number;
  /** How the API server was when it was last looked at. */
  reach: Reach;
}

type LeaderContext = Context<LeaderMemory>;

const reachOf = ({ environment }: LeaderContext): Reach => ({
  isDown: isApiServerDown(environment),
  latencyMs: storageLatencyMs(environment),
});

function settingsOf({ flag }: Pick<LeaderContext, 'flag'>): LeaseSettings {
  const ms = (name: string, otherwise: number): number => {
    const parsed = parseDuration(flag(`leader-elect-${name}`) ?? '');
    return 'ms' in parsed && parsed.ms > 0 ? parsed.ms : otherwise;
  };
  return {
    leaseMs: ms('lease-duration', LEASE_DEFAULTS.leaseMs),
    deadlineMs: ms('renew-deadline', LEASE_DEFAULTS.deadlineMs),
    retryMs: ms('retry-period', LEASE_DEFAULTS.retryMs),
  };
}

/** The flags of leader election; renewals of who is given one of them are written. */
const FLAGS = ['', '-lease-duration', '-renew-deadline', '-retry-period'].map((name) => `leader-elect${name}`);

/** The processes of a scenario that lead by a Lease. */
export const leadersOf = ({ components }: Pick<SimulationConfig, 'components'>): readonly string[] =>
  LEADERS.filter((name) => flagText(components[name]?.['leader-elect']) !== 'false');

/** The Leases that the leaders hold when a scenario begins. */
export function firstLeases(config: Pick<SimulationConfig, 'components' | 'seed' | 'startTime'>): Lease[] {
  const nowMicro = formatMicroTimestamp(parseTimestamp(config.startTime));
  return leadersOf(config).map((name) => {
    const flag = (key: string): string | undefined => flagText(config.components[name]?.[key]);
    const random = Random.split(config.seed, `${name} before`);
    return {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace: NAMESPACE },
      spec: { ...termOf({ flag, random, nowMicro }), leaseTransitions: 0 },
    };
  });
}

const draw = ({ random }: LeaderContext): number => random.below(1000) / 1000;

/** Sets the one timer that counts. */
function next(context: LeaderContext, kind: string, atMs: number): void {
  context.memory.turn++;
  context.after(Math.max(0, atMs - context.nowMs), kind, String(context.memory.turn));
}

/** The API server may answer otherwise than before. */
function lookAround(context: LeaderContext): void {
  const { memory, nowMs, flag } = context;
  if (flag('leader-elect') === 'false') return;
  const settings = settingsOf(context);
  const before = memory.reach;
  memory.reach = reachOf(context);
  const isWell = canRenew(memory.reach, settings);
  if (memory.phase === 'leads' && !isWell) {
    memory.phase = 'fails';
    next(context, 'lose', lostAtMs(nowMs, memory.reach, settings, context.actor === 'kube-scheduler'));
  } else if (memory.phase === 'fails' && isWell) {
    memory.phase = 'leads';
    memory.turn++;
  } else if (memory.phase === 'ended' || memory.phase === 'waits') {
    const upMs = memory.phase === 'ended' ? upAtMs(memory.endedAtMs, nowMs, before) : nowMs;
    if (isWell) next(context, 'see', upMs + (memory.phase === 'waits' ? retryWaitMs(settings, draw(context)) : 0));
    else memory.turn++;
  }
}

function lose(context: LeaderContext): void {
  const { memory, actor, nowMs, environment } = context;
  const { deadlineMs } = settingsOf(context);
  Object.assign(memory, { phase: 'ended', endedAtMs: nowMs, seenAtMs: -1 });
  const why = isApiServerDown(environment) ? 'the API server does not answer' : 'etcd is too slow';
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: NAMESPACE, name: actor, uid: '' };
  const told = `${actor} could not renew its Lease for ${deadlineMs / 1000} s, since ${why}: it stops leading and its process ends`;
  context.say('stop-leading', { ...lease, resourceVersion: '' }, told);
  context.wake('fault', 'leadership', `lost/${actor}/${context.step}`);
}

/** A process that is up sees whose the Lease is, and waits for it to run out. */
function see(context: LeaderContext): void {
  const { memory, nowMs } = context;
  const settings = settingsOf(context);
  memory.phase = 'waits';
  if (memory.seenAtMs < 0) memory.seenAtMs = nowMs;
  next(
    context,
    'take',
    takenAtMs(memory.seenAtMs, nowMs, settings, () => draw(context)),
  );
}

/** What a process writes that begins to lead. */
function termOf(context: Pick<LeaderContext, 'flag' | 'random' | 'nowMicro'>) {
  const { random, nowMicro } = context;
  const uuid = uuidOf(Array.from({ length: 32 }, () => random.below(16).toString(16)).join(''), 0);
  const leaseDurationSeconds = settingsOf(context).leaseMs / 1000;
  const holderIdentity = `control-plane_${uuid}`;
  return { holderIdentity, leaseDurationSeconds, acquireTime: nowMicro, renewTime: nowMicro };
}

function take(context: LeaderContext): void {
  const { memory, actor, client, nowMs, events, environment } = context;
  const spec = termOf(context);
  const { holderIdentity } = spec;
  const old = client.find<Lease>('Lease', NAMESPACE, actor);
  const lost = leadershipLost(environment, actor);
  const seconds = Math.round((nowMs - (lost?.sinceMs ?? memory.endedAtMs)) / 1000);
  context.say('lead', old, `${actor} leads again ${seconds} s after it stopped: the Lease before had run out`);
  const leaseTransitions = (old?.spec.leaseTransitions ?? 0) + 1;
  const lease = old
    ? client.update<Lease>({ ...old, spec: { ...old.spec, ...spec, leaseTransitions } })
    : client.create<Lease>({
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { name: actor, namespace: NAMESPACE },
        spec: { ...spec, leaseTransitions },
      });
  events.record(lease, 'Normal', 'LeaderElection', `${holderIdentity} became leader`);
  memory.phase = 'leads';
  context.wake('fault', 'leadership', `won/${actor}`);
  nextRenewal(context);
}

/** Sets the timer of the next renewal, where those are written. */
function nextRenewal(context: LeaderContext): void {
  const { flag, nowMs } = context;
  if (flag('leader-elect') === 'false' || !FLAGS.some((name) => flag(name) !== undefined)) return;
  const { retryMs } = settingsOf(context);
  context.after(retryMs - (nowMs % retryMs), 'renew', '');
}

function renew(context: LeaderContext): void {
  const { memory, client, actor, nowMicro: renewTime } = context;
  const lease = memory.phase === 'leads' ? client.find<Lease>('Lease', NAMESPACE, actor) : undefined;
  if (lease) {
    context.say('renew', lease, `${actor} leads: renewed its Lease`);
    client.update<Lease>({ ...lease, spec: { ...lease.spec, renewTime } });
  }
  if (memory.phase === 'leads' || memory.phase === 'fails') nextRenewal(context);
}

/** It begins, or begins anew after its process was stopped by a fault: it leads, unless there is a Lease that it has to wait for. */
function start(context: LeaderContext): void {
  const { memory, environment, actor, nowMs } = context;
  const hasLost = leadershipLost(environment, actor) !== undefined;
  if (hasLost) Object.assign(memory, { phase: 'ended', endedAtMs: nowMs, seenAtMs: -1 });
  lookAround(context);
  if (!hasLost) nextRenewal(context);
}

/** The leader election of a process. */
export function createLeaderElection(process: string): Component {
  const component: Component<LeaderMemory> = {
    name: process,
    process,
    ...(process === 'kube-scheduler' ? { eventSource: 'default-scheduler' } : {}),
    watches: [],
    initial: () => ({
      phase: 'leads',
      turn: 0,
      endedAtMs: 0,
      seenAtMs: -1,
      reach: { isDown: false, latencyMs: 0 },
    }),
    start,
    handle: (context, { kind, key }) => {
      if (kind === 'environment') lookAround(context);
      else if (kind === 'renew') renew(context);
      else if (key !== String(context.memory.turn)) return;
      else if (kind === 'lose') lose(context);
      else if (kind === 'see') see(context);
      else if (kind === 'take') take(context);
    },
  };
  return component as unknown as Component;
}
