/**
 * Requests: every one that was sent has ended once, the counts of the seconds agree with each other and with the ways that were taken, and none
 * was sent to a Pod that was never an endpoint. Read from what the sources remember at the end of a run.
 */
import type { EndpointSlice } from '../../engine/api/types';
import type { Simulation, TrafficConfig } from '../../engine/simulation';
import { countsBefore, countsIn, failedOf, secondsOf } from '../../engine/traffic/counts';
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
    for (const { path } of record.routes) {
      const pod = path.findLast((station) => station.startsWith('Pod '));
      const isToService = path.slice(1).some((station) => station.startsWith('Service '));
      if (pod !== undefined && isToService && pod !== path[0] && !endpoints.has(pod))
        complaints.push(`second ${second}: ${pod} was never an endpoint`);
    }
  }
  return complaints.map((complaint) => `requests of ${name}: ${complaint}`);
}

/** What is wrong with the requests of a run. */
export function requestComplaints(simulation: Simulation): string[] {
  const sources = simulation.config.traffic ?? [];
  if (sources.length === 0) return [];
  const endpoints = everEndpoints(simulation);
  return sources.flatMap((source) => {
    const memory = simulation.memoryOf(`traffic/${source.name}`) as TrafficMemory | undefined;
    return memory ? sourceComplaints(source, memory, endpoints, simulation.nowMs) : [`${source.name} is not there`];
  });
}
