/**
 * What a kubelet answers to the API server about its Pods: their containers' logs, what they print from now on, commands in them.
 * Follows pkg/kubelet/server/server.go (getContainerLogs, getAttach, getExec), pkg/kubelet/kubelet_pods.go (GetKubeletContainerLogs,
 * validateContainerLogStatus) and k8s.io/cri-client/pkg/logs/logs.go. Statuses are those that the API server has.
 */
import { uidOnNode } from '../api/pod';
import type { ExecPart, KubeletConnection, LogPart, PodExecOptions, PodLogOptions, Shown } from '../api/pod-streams';
import { badRequest, StatusError } from '../api/status-error';
import type { Pod } from '../api/types';
import { type LogLine, loggedText, type Printed, type RuntimeService } from '../machine/cri';

type ContainerState = NonNullable<Pod['status']['containerStatuses']>[number];

/** What a kubelet's server works on. */
export interface KubeletHost {
  readonly runtime: RuntimeService;
  readonly nowMs: number;
  /** The virtual ms of a stored timestamp. */
  timeOf(timestamp: string): number;
  /** RFC 3339 with nanoseconds of a virtual ms. */
  nanoTime(atMs: number): string;
}

const instanceOf = (containerID: string | undefined): string => containerID?.replace(/^\w+:\/\//, '') ?? '';

/** Why a waiting container has no log. */
function waitingText(subject: string, reason: string | undefined): string {
  const is = `${subject} is waiting to start`;
  if (reason === 'ErrImagePull') return `${is}: image can't be pulled`;
  if (reason === 'ImagePullBackOff') return `${is}: trying and failing to pull image`;
  return reason === undefined ? `${is} - no logs yet` : `${is}: ${reason}`;
}

/** The instance whose log is meant. Follows validateContainerLogStatus. Throws 400. */
function loggedInstance(pod: Pod, name: string, previous: boolean): string {
  const { status } = pod;
  const all: readonly ContainerState[] = [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ];
  const found = all.find((one) => one.name === name);
  const subject = `container "${name}" in pod "${pod.metadata.name}"`;
  if (!found) throw badRequest(`${subject} is not available`);
  const last = found.lastState?.terminated;
  const { waiting, running, terminated } = found.state ?? {};
  if (previous) {
    if (!last?.containerID) throw badRequest(`previous terminated ${subject} not found`);
    return instanceOf(last.containerID);
  }
  if (running) return instanceOf(found.containerID);
  if (terminated ?? last) {
    const id = terminated?.containerID || last?.containerID;
    if (!id) throw badRequest(`${subject} is terminated`);
    return instanceOf(id);
  }
  throw badRequest(waitingText(subject, waiting?.reason));
}

/** Only the lines that are asked for. */
function selected(lines: readonly LogLine[], options: PodLogOptions, host: KubeletHost): readonly LogLine[] {
  const { sinceSeconds, sinceTime, tailLines, follow } = options;
  const sinceMs = sinceSeconds === undefined ? sinceTime && host.timeOf(sinceTime) : host.nowMs - sinceSeconds * 1000;
  const isFirst = follow === undefined || follow.from === 0;
  const tailed = tailLines === undefined || !isFirst ? lines : tailLines === 0 ? [] : lines.slice(-tailLines);
  return typeof sinceMs === 'number' ? tailed.filter(({ atMs }) => atMs >= sinceMs) : tailed;
}

/** What an instance has printed from a line on. Who follows it hears of more while it runs. */
function printed(
  runtime: RuntimeService,
  instance: string,
  from: number,
  follow: PodLogOptions['follow'],
): Pick<LogPart, 'next' | 'isOver'> & Pick<Printed, 'lines' | 'open'> {
  const { lines, count, open } = runtime.containerLog(instance, from);
  const isOver = runtime.containerStatus(instance)?.state !== 'running';
  if (follow && !isOver) runtime.followContainer(instance, follow.wake);
  return { lines, open, next: count, isOver };
}

/** The answers of a node's kubelet. */
export function kubeletServer(host: KubeletHost): KubeletConnection {
  const { runtime } = host;
  return {
    containerLogs: (pod, container, options) => {
      const { follow } = options;
      const instance = follow?.instance || loggedInstance(pod, container, options.previous ?? false);
      const { lines, open: _open, ...rest } = printed(runtime, instance, follow?.from ?? 0, follow);
      const prefix = (line: LogLine): string => (options.timestamps ? `${host.nanoTime(line.atMs)} ` : '');
      const text = selected(lines, options, host)
        .map((line, at, all) => `${all[at - 1]?.ending === 'cut' ? '' : prefix(line)}${loggedText(line)}`)
        .join('');
      return { text: text.slice(0, options.limitBytes), instance, ...rest };
    },
    attach: (pod, container, options) => attach(runtime, pod, container, options),
    exec: (pod, container, options) => exec(runtime, pod, container, options),
  };
}

/** The instance of a container that runs, of a mirror its static Pod's. Follows findContainer in pkg/kubelet/kubelet_pods.go (TranslatePodUID). */
function runningInstance(runtime: RuntimeService, pod: Pod, name: string): string | undefined {
  const all = runtime.listContainers(uidOnNode(pod));
  return all.findLast((one) => one.name === name && one.state === 'running')?.id;
}

/** What the process of a container prints from now on. */
function attach(runtime: RuntimeService, pod: Pod, name: string, { follow, stdin }: PodLogOptions): LogPart {
  const instance = follow?.instance || runningInstance(runtime, pod, name);
  if (!instance) {
    const full = `${pod.metadata.name}_${pod.metadata.namespace}`;
    throw new StatusError('', 500, `container ${name} not found in pod ${full}`);
  }
  const isFirst = !follow?.instance;
  const before = runtime.containerLog(instance, Number.POSITIVE_INFINITY);
  const from = isFirst ? before.count : follow.from;
  const had = isFirst ? lengths(before.open) : follow.shown;
  if (stdin !== undefined && isFirst) runtime.writeStdin(instance, stdin);
  const { lines, open, ...rest } = printed(runtime, instance, from, follow);
  return { text: streamed(lines, open, had), shown: lengths(open), instance, ...rest };
}

const lengths = ({ stdout, stderr }: Printed['open']): Shown => ({ stdout: stdout.length, stderr: stderr.length });

/** What comes over an open connection as it is written, after so much of what had no end of line. */
function streamed(lines: Printed['lines'], { stdout, stderr }: Printed['open'], had: Shown | undefined): string {
  const left = { stdout: 0, stderr: 0, ...had };
  const rest = (stream: keyof Shown, text: string): string => {
    const from = left[stream];
    left[stream] = 0;
    return text.slice(from);
  };
  const ended = lines.map(({ stream, text, ending }) => `${rest(stream, text)}${ending ? '' : '\n'}`).join('');
  return ended + rest('stdout', stdout) + rest('stderr', stderr);
}

/** A command in a container: its beginning, or what has come of it. */
function exec(runtime: RuntimeService, pod: Pod, name: string, options: PodExecOptions): ExecPart {
  const { command, stdin, wake } = options;
  if (options.session) return { session: options.session, ...runtime.fetchExec(options.session, wake) };
  const instance = runningInstance(runtime, pod, name);
  const failed = (problem: string): ExecPart => ({ session: '', output: [], problem });
  if (!instance) return failed(`unable to upgrade connection: container not found ("${name}")`);
  const begun = runtime.exec(instance, stdin === undefined ? { command } : { command, stdin });
  const internal = 'Internal error occurred: ';
  if ('error' in begun) return failed(`${internal}${internal}error executing command in container: ${begun.error}`);
  return { session: begun.session, ...runtime.fetchExec(begun.session, wake) };
}
