/**
 * Where a command line means to go (a Pod, one of its containers), and commands there, as exec and cp run them. Follows staging/src/k8s.io/kubectl/pkg/cmd/exec/exec.go and client-go/tools/remotecommand.
 */
import type { KubeObject } from '../engine/api/meta';
import { isPodTerminal } from '../engine/api/pod';
import type { ExecPart, StreamWake } from '../engine/api/pod-streams';
import type { Pod } from '../engine/api/types';
import type { Call, Progress, Waiting } from './command';
import { attempt, isRefusal, KubectlError } from './errors';
import { chosenContainer } from './pod-containers';
import { byActivity, podsBehind } from './pods-behind';
import { type Selection, select, settle } from './selection';

/** How long to wait until what is not there yet is looked for again. */
export const RETRY_MS = 1000;

/** Where a command runs. */
export interface RemotePlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** What runs, or goes on. */
export interface RemoteCommand {
  readonly command: readonly string[];
  readonly stdin?: string;
  readonly session?: string;
}

/** What `name` (a Pod), `type/name` or `type name` means. */
export function selectNamed(call: Call, args: readonly string[]): Selection {
  const [first = ''] = args;
  return select(call, { args: args.length > 1 || first.includes('/') ? args : ['pods', first] });
}

/** The object that `name` (a Pod), `type/name` or `type name` means. */
export function namedObject(call: Call, args: readonly string[]): KubeObject {
  const { infos, errors } = settle(selectNamed(call, args));
  if (errors[0]) throw errors[0];
  return infos[0]?.object as KubeObject;
}

/** The Pod itself, or the one behind an object that is best to be entered; undefined while there is none. */
export function podToEnter(call: Call, object: KubeObject): Pod | undefined {
  if (object.kind === 'Pod') return object as Pod;
  return podsBehind(call, object, 'cannot attach to').sort(byActivity(call))[0];
}

/** Looks again for the Pods behind an object in a moment. Throws once that has taken too long. */
export function awaitPods({ process, flags, io }: Call, progress: Progress): Waiting {
  const untilMs = process.startedMs + flags.ms('pod-running-timeout');
  if (io.nowMs >= untilMs) throw new KubectlError('timed out waiting for the condition');
  return { progress, wakeMs: Math.min(untilMs, io.nowMs + RETRY_MS) };
}

/** The Pod that a name, `pod/name` or `deploy/name` means. */
export function attachablePod(call: Call, args: readonly string[]): Pod {
  const pod = podToEnter(call, namedObject(call, args));
  if (!pod) throw new KubectlError('timed out waiting for the condition');
  return pod;
}

/** The container of a Pod that `-c` names, or the one that is chosen for want of it, which is said unless that is not wanted. */
export function placeIn(call: Call, pod: Pod, isQuiet = false): RemotePlace {
  const { name, said } = chosenContainer(pod, call.flags.text('container'));
  if (!isQuiet) call.err(said);
  return { namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container: name };
}

/** Refuses a Pod whose containers have all ended. */
export function refuseCompleted(pod: Pod, what: string): void {
  if (!isPodTerminal(pod)) return;
  throw new KubectlError(`cannot ${what} a container in a completed pod; current phase is ${pod.status.phase}`);
}

/** How a kubelet wakes a command that reads a stream. */
export function wakeOf({ process }: Call): StreamWake {
  return { actor: 'user', kind: 'advance', key: process.id };
}

/** What comes over a connection that is to be upgraded: of a refusal one hears from whoever tried. */
export function upgraded<T>(connect: () => T): T {
  const got = attempt(connect);
  if (isRefusal(got)) throw new KubectlError(`unable to upgrade connection: ${got.message}`);
  if (got instanceof Error) throw got;
  return got;
}

/** Begins a command, or fetches what one has printed. Throws when it could not be started. */
export function remotePart(call: Call, { namespace, pod, container }: RemotePlace, remote: RemoteCommand): ExecPart {
  const part = upgraded(() => call.io.client.exec(namespace, pod, { container, ...remote, wake: wakeOf(call) }));
  if (part.problem !== undefined) throw new KubectlError(part.problem);
  return part;
}

/** Runs a command that comes to its end at once; what it printed and its exit code. */
export function remoteOutput(call: Call, place: RemotePlace, command: readonly string[], stdin?: string) {
  const part = remotePart(call, place, stdin === undefined ? { command } : { command, stdin });
  const text = (wanted: 'stdout' | 'stderr'): string =>
    part.output
      .filter(({ stream }) => stream === wanted)
      .map((one) => one.text)
      .join('');
  return { stdout: text('stdout'), stderr: text('stderr'), code: part.exit ?? 1 };
}

/** Throws what kubectl says of a command that failed. */
export function refuseFailure(code: number): void {
  if (code === 0) return;
  throw new KubectlError(`command terminated with exit code ${code}`, { bare: true, code });
}
