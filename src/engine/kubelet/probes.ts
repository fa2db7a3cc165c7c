/**
 * Probe workers: when each probe is due, what its results add up to, and what that changes.
 * Follows pkg/kubelet/prober/worker.go: liveness and startup tick from the moment the Pod came to the node, readiness from the start
 * of the container; results count from the thresholds on. As upstream, a worker goes on counting when its container is started again, unless
 * it was what had it restarted. Left out: the random first delay of a freshly started kubelet.
 */
import type { Probe } from '../api/types';
import { type Kubelet, podEvent, writeStatus } from './api-writes';
import { asArrived, checkProbe } from './probe-check';
import type { ProbeAnswer, ProbeRecord } from './probe-record';
import {
  type ContainerRecord,
  containerSpec,
  freshToken,
  type PodRecord,
  type ProbeKind,
  putContainer,
  putPod,
} from './records';

/** What a probe has brought about. */
export type ProbeVerdict = 'nothing' | 'status-changed' | 'restart' | 'not-started';

/** A Pod as it is after a probe. */
interface Learnt {
  readonly record: PodRecord;
  readonly verdict: ProbeVerdict;
}

/** The answer that was on its way is there. */
const ARRIVED = 'arrived';
/** Go's tickers keep one tick that nobody took in time. */
const MISSED = 'missed';
const TITLES: Readonly<Record<ProbeKind, string>> = {
  startup: 'Startup',
  liveness: 'Liveness',
  readiness: 'Readiness',
};
const KINDS: readonly ProbeKind[] = ['startup', 'liveness', 'readiness'];

/** The probe of a kind in a record's container. */
export function probeSpec(record: PodRecord, index: number, kind: ProbeKind): Probe | undefined {
  const spec = containerSpec(record, index);
  return kind === 'startup' ? spec.startupProbe : kind === 'liveness' ? spec.livenessProbe : spec.readinessProbe;
}

const periodOf = (probe: Probe): number => (probe.periodSeconds ?? 10) * 1000;

/** The first tick of a ticker, at or after `earliestMs`. */
export function firstTick(baseMs: number, periodMs: number, earliestMs: number): number {
  return earliestMs <= baseMs ? baseMs : baseMs + Math.ceil((earliestMs - baseMs) / periodMs) * periodMs;
}

/** Sets a worker's next tick. What it has counted so far stays, what it had decided was about an earlier instance. */
function schedule(kubelet: Kubelet, record: PodRecord, index: number, kind: ProbeKind, atMs: number): ProbeRecord {
  const { context } = kubelet;
  const sequence = freshToken(context.memory);
  context.after(atMs - context.nowMs, 'probe', `${record.uid}/${index}/${kind}/${sequence}`);
  const { decided: _decided, awaited: _awaited, ...counted } = record.containers[index]?.probes[kind] ?? { run: 0 };
  return { ...counted, sequence };
}

/** From when on a probe may run: the delay counts from the start as the status says it, in whole seconds. */
function earliestMs({ context }: Kubelet, container: ContainerRecord, probe: Probe): number {
  return context.timeOf(container.startedAt) + (probe.initialDelaySeconds ?? 0) * 1000;
}

/** Starts the probes of a container that has just been started. */
export function startProbes(kubelet: Kubelet, record: PodRecord, index: number): PodRecord {
  const spec = containerSpec(record, index);
  if (!spec.startupProbe && !spec.livenessProbe && !spec.readinessProbe) return record;
  const { nowMs } = kubelet.context;
  const container = record.containers[index] as ContainerRecord;
  const probes: { [kind in ProbeKind]?: ProbeRecord } = {};
  for (const kind of KINDS) {
    const probe = probeSpec(record, index, kind);
    if (!probe) continue;
    // A tick in the very moment of the start comes too early to see the container run; readiness is asked for by the start itself.
    const soonest = kind === 'readiness' ? nowMs : nowMs + 1;
    // One that is taken for started is seen at the next tick, whatever the delay.
    const isTaken = kind === 'startup' && container.started;
    const earliest = isTaken ? soonest : Math.max(soonest, earliestMs(kubelet, container, probe));
    // The status of a container that is not ready yet makes the kubelet probe readiness at once, and its ticker start anew.
    const base = kind === 'readiness' ? nowMs : record.probedFromMs + periodOf(probe);
    probes[kind] = schedule(kubelet, record, index, kind, firstTick(base, periodOf(probe), earliest));
  }
  return putContainer(kubelet.context.memory, record, index, { probes });
}

/**
 * Whether a worker asks at its tick. Those of a Pod that counts as failed are gone, those for liveness and startup of app containers go when their
 * Pod is to end, while sidecars keep theirs (StopLivenessAndStartup of prober_manager.go). One that has decided for a restart waits for it.
 */
function mayProbe(
  { phase, failure }: PodRecord,
  { kind: of, stage, probes }: ContainerRecord,
  kind: ProbeKind,
): boolean {
  if (failure || phase === 'terminated') return false;
  if (kind === 'readiness') return phase === 'terminating' || stage === 'stopping' || stage === 'running';
  if (probes[kind]?.decided === false) return false;
  return phase === 'terminating' ? of === 'sidecar' : stage === 'running';
}

/** What a worker knows after one more result. One that has had its container restarted, or has seen it start up, begins anew. */
export function count(previous: ProbeRecord, ok: boolean, probe: Probe, kind: ProbeKind): ProbeRecord {
  if (previous.lastOk === ok && previous.decided === ok) return previous;
  const run = previous.lastOk === ok ? previous.run + 1 : 1;
  const threshold = ok ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3);
  const { sequence, decided } = previous;
  if (run < threshold) return { sequence, lastOk: ok, run, ...(decided === undefined ? {} : { decided }) };
  const isOnHold = kind === 'startup' || (kind === 'liveness' && !ok);
  return { sequence, lastOk: ok, run: isOnHold ? 0 : run, decided: ok };
}

/**
 * The startup worker sees another instance than before, which was taken for started as the one before had been (worker.go, isContainerStarted of
 * prober_manager.go): it has not started up, and is asked from the next tick on.
 */
function seeInstance(kubelet: Kubelet, record: PodRecord, index: number, probe: Probe): PodRecord {
  const { context } = kubelet;
  const container = record.containers[index] as ContainerRecord;
  const periodMs = periodOf(probe);
  const next = firstTick(context.nowMs + periodMs, periodMs, earliestMs(kubelet, container, probe));
  const probes = { ...container.probes, startup: schedule(kubelet, record, index, 'startup', next) };
  return putContainer(context.memory, record, index, { started: false, ready: false, probes });
}

/**
 * A probe is due, or `news` of it: its answer has come, or it is due at once because a tick has passed while an answer was on its way.
 */
export function runProbe(
  kubelet: Kubelet,
  record: PodRecord,
  index: number,
  kind: ProbeKind,
  sequence: number,
  news?: string,
): Learnt & { answer?: ProbeAnswer } {
  const { context } = kubelet;
  const container = record.containers[index];
  const previous = container?.probes[kind];
  const probe = probeSpec(record, index, kind);
  const idle = { record, verdict: 'nothing' as const };
  if (!container || !probe || previous?.sequence !== sequence || !mayProbe(record, container, kind)) return idle;
  if (kind === 'startup' && container.started)
    return previous.decided === true
      ? idle
      : { record: seeInstance(kubelet, record, index, probe), verdict: 'not-started' };
  const key = `${record.uid}/${index}/${kind}/${sequence}`;
  if (!news) context.after(periodOf(probe), 'probe', key);
  if (kind !== 'startup' && !container.started) return idle;
  const { awaited, ...settled } = previous;
  const know = (known: ProbeRecord): PodRecord =>
    putContainer(context.memory, record, index, { probes: { ...container.probes, [kind]: known } });
  if (awaited && news !== ARRIVED)
    return { ...idle, record: know({ ...previous, awaited: { ...awaited, isMissed: true } }) };
  const answer = awaited
    ? asArrived(probe, awaited, record)
    : checkProbe(probe, { record, index, runtime: kubelet.runtime, nowMs: kubelet.context.nowMs });
  if (!awaited && answer.tookMs) {
    context.after(answer.tookMs, 'probe', `${key}/${ARRIVED}`);
    return { ...idle, record: know({ ...previous, awaited: answer }) };
  }
  if (awaited?.isMissed) context.after(0, 'probe', `${key}/${MISSED}`);
  return { ...learn(kubelet, awaited ? know(settled) : record, index, kind, answer), answer };
}

/** What an answer changes. */
function learn(kubelet: Kubelet, record: PodRecord, index: number, kind: ProbeKind, answer: ProbeAnswer): Learnt {
  const idle = { record, verdict: 'nothing' as const };
  const container = record.containers[index] as ContainerRecord;
  const previous = container.probes[kind] as ProbeRecord;
  const probe = probeSpec(record, index, kind) as Probe;
  if (answer.error !== undefined) {
    const message = `${TITLES[kind]} probe errored and resulted in unknown state: ${answer.error}`;
    podEvent(kubelet, record, index, 'Warning', 'Unhealthy', message);
    return idle;
  }
  if (!answer.ok)
    podEvent(kubelet, record, index, 'Warning', 'Unhealthy', `${TITLES[kind]} probe failed: ${answer.message}`);
  const counted = count(previous, answer.ok, probe, kind);
  if (counted === previous) return idle;
  const probes = { ...container.probes, [kind]: counted };
  const changed = putContainer(kubelet.context.memory, record, index, { probes });
  if (counted.decided === previous.decided) return { record: changed, verdict: 'nothing' };
  return decide(kubelet, changed, index, kind, answer.ok);
}

function decide(kubelet: Kubelet, record: PodRecord, index: number, kind: ProbeKind, ok: boolean): Learnt {
  const { memory, nowMs } = kubelet.context;
  const container = record.containers[index] as ContainerRecord;
  if (kind === 'readiness') {
    if (container.ready === ok) return { record, verdict: 'nothing' };
    return { record: putContainer(memory, record, index, { ready: ok }), verdict: 'status-changed' };
  }
  if (!ok) return { record, verdict: record.phase === 'syncing' ? 'restart' : 'nothing' };
  if (kind !== 'startup') return { record, verdict: 'nothing' };
  const readiness = probeSpec(record, index, 'readiness');
  // One without a readiness probe is ready with the next sync.
  const change: Partial<ContainerRecord> = { started: true };
  if (!readiness) return { record: putContainer(memory, record, index, change), verdict: 'status-changed' };
  const tick = firstTick(nowMs, periodOf(readiness), earliestMs(kubelet, container, readiness));
  const probes = { ...container.probes, readiness: schedule(kubelet, record, index, 'readiness', tick) };
  return { record: putContainer(memory, record, index, { ...change, probes }), verdict: 'status-changed' };
}

/** At each sync: what a startup probe has let go and no readiness probe holds back is ready. */
export function tellReady(kubelet: Kubelet, record: PodRecord): PodRecord {
  const isReady = ({ stage, started, ready }: ContainerRecord, index: number): boolean => {
    if (stage !== 'running' || !started || ready) return false;
    return probeSpec(record, index, 'startup') !== undefined && !probeSpec(record, index, 'readiness');
  };
  if (!record.containers.some(isReady)) return record;
  const containers = record.containers.map((one, index) => (isReady(one, index) ? { ...one, ready: true } : one));
  const told = putPod(kubelet.context.memory, { ...record, containers });
  writeStatus(kubelet, told);
  return told;
}
