/**
 * Requests: every one that was sent has ended once, the counts of the seconds agree with each other and with the ways that were taken, and none
 * was sent to a Pod that was never an endpoint. Read from what the sources remember at the end of a run.
 */
import type { EndpointSlice, NetworkPolicy } from '../../engine/api/types';
import type { Simulation, TrafficConfig } from '../../engine/simulation';
import { countsBefore, countsIn, failedOf, memoryOfSource, secondsOf } from '../../engine/traffic/counts';
import type { SecondRecord, TrafficMemory } from '../../engine/traffic/record';

/** Every Pod that was ever in an EndpointSlice, as stations name it. */
function everEndpoints(simulation: Simulation): ReadonlySet<string> {
  const pods = new Set<string>();
  for (const { kind, value } of simulation.changes(0, simulation.revision)) {
    if (kind !== 'EndpointSlice') continue;
    for (const { targetRef } of (value as EndpointSlice | undefined)?.endpoints ?? [])
      if (targetRef?.kind === 'Pod') pods.add(`Pod ${targetRef.namespace}/${targetRef.name}`);
  }
  return pods;
}

/** Pods that a policy has shut off from everybody all the time, as stations name them; none where nobody enforces policies. */
function shutOff(simulation: Simulation): ReadonlySet<string> {
  const isEnforced = simulation.config.components?.['network-plugin']?.['enforces-network-policy'] === 'true';
  const pods = new Set<string>();
  if (!isEnforced) return pods;
  const changes = simulation.changes(0, simulation.revision);
  const policies = changes.filter(({ kind }) => kind === 'NetworkPolicy');
  const [policy] = policies;
  const { spec, metadata } = (policy?.value ?? {}) as Partial<NetworkPolicy>;
  if (policies.length !== 1 || policy?.atMs !== 0 || !spec || spec.ingress?.length) return pods;
  const labels = Object.entries(spec.podSelector?.matchLabels ?? {});
  // A Pod that was labelled anew, or whose name another one had before, was not shut off all the time.
  const open = new Set<string>();
  for (const { kind, value } of changes) {
    if (kind !== 'Pod' || !value || value.metadata.namespace !== metadata?.namespace) continue;
    const isShut = labels.every(([key, wanted]) => value.metadata.labels?.[key] === wanted);
    (isShut ? pods : open).add(`Pod ${value.metadata.namespace}/${value.metadata.name}`);
  }
  return new Set([...pods].filter((pod) => !open.has(pod)));
}

function secondComplaints(memory: TrafficMemory, second: number, record: SecondRecord): string[] {
  const { ok, failed } = countsIn(memory, second);
  const ended = ok + failedOf({ sent: 0, ok, failed });
  const shown = record.routes.reduce((sum, route) => sum + route.ended, record.elsewhere);
  const failedShown = record.routes.reduce((sum, route) => sum + route.failed, 0);
  return [
    ...(shown === ended ? [] : [`second ${second}: ${ended} ended, but ${shown} took a way`]),
    ...(failedShown <= ended - ok ? [] : [`second ${second}: ${ended - ok} failed, but ${failedShown} on their ways`]),
  ];
}

function sourceComplaints(
  { name, toMs = Infinity }: TrafficConfig,
  memory: TrafficMemory,
  endpoints: ReadonlySet<string>,
  closed: ReadonlySet<string>,
  nowMs: number,
): string[] {
  const complaints: string[] = [];
  const known = secondsOf(memory);
  const { sent, ok, failed } = countsBefore(memory, known?.end ?? 0);
  const ended = ok + failedOf({ sent, ok, failed });
  const under = memory.inFlight.reduce((sum, { weight }) => sum + weight, 0);
  if (sent !== ended + under) complaints.push(`${sent} were sent, ${ended} ended and ${under} are under way`);
  if (under > 0 && nowMs > toMs + 60_000) complaints.push(`${under} are under way long after the last was sent`);
  for (const [second, record] of memory.seconds) {
    complaints.push(...secondComplaints(memory, second, record));
    for (const { path, ended: taken, failed: lost } of record.routes) {
      const pod = path.findLast((station) => station.startsWith('Pod '));
      const isToService = path.slice(1).some((station) => station.startsWith('Service '));
      if (pod !== undefined && isToService && pod !== path[0] && !endpoints.has(pod))
        complaints.push(`second ${second}: ${pod} was never an endpoint`);
      // A node reaches its own Pods, and a Pod itself.
      const isFar = path[0]?.startsWith('Node ') !== true && pod !== path[0];
      if (pod !== undefined && closed.has(pod) && isFar && lost < taken)
        complaints.push(`second ${second}: ${path.join(' > ')} got through in spite of a NetworkPolicy`);
    }
  }
  return complaints.map((complaint) => `requests of ${name}: ${complaint}`);
}

/** What is wrong with the requests of a run. */
export function requestComplaints(simulation: Simulation): string[] {
  const sources = simulation.config.traffic ?? [];
  if (sources.length === 0) return [];
  const endpoints = everEndpoints(simulation);
  const closed = shutOff(simulation);
  return sources.flatMap((source) => {
    const memory = memoryOfSource(simulation, source.name);
    return memory
      ? sourceComplaints(source, memory, endpoints, closed, simulation.nowMs)
      : [`${source.name} is not there`];
  });
}
