/**
 * One probe against one simulated container: what it answers at this moment, with the real prober's words.
 * Follows pkg/kubelet/prober/prober.go and pkg/probe/{http,tcp,exec,grpc}. What it is answered is known as it is asked, and told when it comes;
 * TLS is spoken by images of which nothing is known, on the ports where their probes speak it.
 */
import type { Container, HTTPGetAction, Probe } from '../api/types';
import type { RuntimeService } from '../machine/cri';
import { textHex64 } from '../machine/hex';
import type { ProbeAnswer } from './probe-record';
import { containerSpec, type PodRecord } from './records';

/** What a probe is about, and through whom it asks. */
export interface ProbeTarget {
  readonly record: PodRecord;
  readonly index: number;
  readonly runtime: RuntimeService;
  readonly nowMs: number;
}

type Sent = ReturnType<RuntimeService['network']['send']>;

const LATE = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
const OK: ProbeAnswer = { ok: true, message: '' };
const failed = (message: string): ProbeAnswer => ({ ok: false, message });
const after = (tookMs: number, answer: ProbeAnswer): ProbeAnswer => (tookMs > 0 ? { ...answer, tookMs } : answer);

/** The number of a port given by number or by name. */
export function resolvePort(port: number | string, spec: Container): number | undefined {
  if (typeof port === 'number') return port;
  return spec.ports?.find((candidate) => candidate.name === port)?.containerPort ?? (Number(port) || undefined);
}

/** It could not even be asked, so nothing is known. */
const errored = (error: string): ProbeAnswer => ({ ok: false, message: '', error });
const CANCELED = errored('rpc error: code = Canceled desc = context canceled');
const unknownPort = (port: number | string): ProbeAnswer =>
  errored(`strconv.Atoi: parsing ${JSON.stringify(String(port))}: invalid syntax`);

const specOf = ({ record, index }: ProbeTarget): Container => containerSpec(record, index);

interface Asked {
  readonly scheme: 'http' | 'https' | 'tcp';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** A probe of another host goes over the node's network. `url` is what messages of HTTP begin with. */
function checkElsewhere(url: string, { host, ...request }: Asked, { runtime }: ProbeTarget): ProbeAnswer {
  const { network } = runtime;
  const begins = url === '' ? '' : `${url}: `;
  const found = network.lookUp(host);
  // Hosts of the world outside are taken to speak plain HTTP on whatever port is asked.
  if (found.kind !== 'found' && request.scheme === 'https')
    return failed(`${begins}http: server gave HTTP response to HTTPS client`);
  if (found.kind !== 'found') return failed(`${begins}dial tcp: lookup ${host}: no such host`);
  const [address = ''] = found.addresses;
  const sent = network.send({ ...request, address, method: 'GET' });
  return after(sent.latencyMs, answerElsewhere(begins, `${address}:${request.port}`, sent));
}

function answerElsewhere(begins: string, address: string, { failure, status = 0 }: Sent): ProbeAnswer {
  switch (failure) {
    case undefined:
      return OK;
    case 'timeout':
      if (begins === '') return failed(`dial tcp ${address}: i/o timeout`);
      return failed(`${begins}${LATE}`);
    case 'unreachable':
      return failed(`${begins}dial tcp ${address}: connect: no route to host`);
    case 'reset':
      return failed(`${begins}http: server gave HTTP response to HTTPS client`);
    case 'refused':
    case 'no-endpoints':
      return failed(`${begins}dial tcp ${address}: connect: connection refused`);
    default:
      return failed(`HTTP probe failed with statuscode: ${status}`);
  }
}

function checkHttp(action: HTTPGetAction, timeoutMs: number, target: ProbeTarget): ProbeAnswer {
  const port = resolvePort(action.port, specOf(target));
  if (port === undefined) return unknownPort(action.port);
  const scheme = (action.scheme ?? 'HTTP').toLowerCase();
  const host = action.host || target.record.ip;
  const path = (action.path ?? '/').startsWith('/') ? (action.path ?? '/') : `/${action.path}`;
  const url = `Get "${scheme}://${host}:${port}${path}"`;
  // Names and loopback are the node's, where the kubelet runs.
  if (host !== target.record.ip) {
    const headers = Object.fromEntries(
      (action.httpHeaders ?? []).map(({ name, value }) => [name.toLowerCase(), value]),
    );
    return checkElsewhere(
      url,
      { scheme: scheme === 'https' ? 'https' : 'http', host, port, path, headers, timeoutMs },
      target,
    );
  }
  const answer = target.runtime.httpGet(target.record.uid, port, path);
  if (!answer) return failed(`${url}: dial tcp ${host}:${port}: connect: connection refused`);
  if (scheme === 'https' && !answer.tls) return failed(`${url}: http: server gave HTTP response to HTTPS client`);
  // Go's servers say 400 to whoever speaks plain HTTP where TLS is spoken.
  if (scheme === 'http' && answer.tls) return failed('HTTP probe failed with statuscode: 400');
  if (answer.latencyMs >= timeoutMs) return after(timeoutMs, failed(`${url}: ${LATE}`));
  const isOk = answer.status >= 200 && answer.status < 400;
  return after(answer.latencyMs, isOk ? OK : failed(`HTTP probe failed with statuscode: ${answer.status}`));
}

function checkTcp(
  port: number | string,
  host: string | undefined,
  timeoutMs: number,
  target: ProbeTarget,
): ProbeAnswer {
  const number = resolvePort(port, specOf(target));
  if (number === undefined) return unknownPort(port);
  const address = host || target.record.ip;
  if (address !== target.record.ip) {
    const asked = { scheme: 'tcp' as const, host: address, port: number, path: '', headers: {}, timeoutMs };
    return checkElsewhere('', asked, target);
  }
  if (target.runtime.portProbe(target.record.uid, number)) return OK;
  return failed(`dial tcp ${address}:${number}: connect: connection refused`);
}

/**
 * Commands of probes are run in the name of the worker's sync, which is broken off when its Pod is to end: from then on none is
 * (UpdatePod of pkg/kubelet/pod_workers.go). A Pod that has done its work is ended within a sync.
 */
const isBrokenOff = ({ phase, pod, orphan, throughMs }: PodRecord): boolean =>
  phase === 'terminating' && (pod.metadata.deletionTimestamp !== undefined || orphan || throughMs === undefined);

function checkExec(command: readonly string[], timeoutMs: number, target: ProbeTarget): ProbeAnswer {
  const { record, index, runtime, nowMs } = target;
  if (isBrokenOff(record)) return CANCELED;
  const instance = record.containers[index]?.instance ?? '';
  const result = runtime.execSync(instance, command, timeoutMs);
  if (result.error !== undefined) {
    const id = textHex64(`${instance} ${nowMs}`);
    const start = `failed to exec in container: failed to start exec "${id}": ${result.error}: unknown`;
    return { ok: false, message: result.output, error: `rpc error: code = Unknown desc = ${start}` };
  }
  if (result.tookMs >= timeoutMs) {
    const words = `command timed out: ${JSON.stringify(command.join(' '))} timed out after ${timeoutMs / 1000}s`;
    return after(timeoutMs, failed(words));
  }
  return after(result.tookMs, result.code === 0 ? OK : failed(result.output));
}

/** An answer that has been on its way: a command that was still running when its Pod was to end has none. */
export const asArrived = ({ exec }: Probe, answer: ProbeAnswer, record: PodRecord): ProbeAnswer =>
  exec && isBrokenOff(record) ? CANCELED : answer;

/** Asks a probe once. */
export function checkProbe(probe: Probe, target: ProbeTarget): ProbeAnswer {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.exec) return checkExec(probe.exec.command ?? [], timeoutMs, target);
  if (probe.httpGet) return checkHttp(probe.httpGet, timeoutMs, target);
  if (probe.tcpSocket) return checkTcp(probe.tcpSocket.port, probe.tcpSocket.host, timeoutMs, target);
  if (probe.grpc) {
    if (target.runtime.grpcProbe(target.record.uid, probe.grpc.port)) return OK;
    const address = `${target.record.ip}:${probe.grpc.port}`;
    const within = `within ${timeoutMs / 1000}s: context deadline exceeded`;
    return after(timeoutMs, failed(`timeout: failed to connect service "${address}" ${within}`));
  }
  return OK;
}
