/**
 * Commands in containers, as exec and cp run them. Follows staging/src/k8s.io/kubectl/pkg/cmd/exec/exec.go and client-go/tools/remotecommand.
 */
import type { KubeObject } from '../engine/api/meta';
import type { ExecPart } from '../engine/api/pod-streams';
import type { Pod } from '../engine/api/types';
import type { Call } from './command';
import { KubectlError } from './errors';
import { byActivity, podsBehind } from './pods-behind';
import { namespaceOf, select, settle } from './selection';

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

/** The Pod that a name, `pod/name` or `deploy/name` means. `refused` begins what is said of objects without Pods. */
export function attachablePod(call: Call, args: readonly string[], refused: string): Pod {
  const [first = ''] = args;
  const words = args.length > 1 || first.includes('/') ? args : ['pods', first];
  const { infos, errors } = settle(select(call, { args: words }));
  if (errors[0]) throw errors[0];
  const object = infos[0]?.object as KubeObject;
  if (object.kind === 'Pod') return object as Pod;
  const [pod] = podsBehind(call, object, refused).sort(byActivity(call));
  if (!pod) throw new KubectlError('timed out waiting for the condition');
  return pod;
}

/** Refuses a Pod whose containers have all ended. */
export function refuseCompleted({ status }: Pod, what: string): void {
  const { phase } = status;
  if (phase !== 'Succeeded' && phase !== 'Failed') return;
  throw new KubectlError(`cannot ${what} a container in a completed pod; current phase is ${phase}`);
}

/** Begins a command, or fetches what one has printed. Throws when it could not be started. */
export function remotePart(call: Call, { namespace, pod, container }: RemotePlace, remote: RemoteCommand): ExecPart {
  const wake = { actor: 'user', kind: 'advance', key: call.process.id };
  const part = call.io.client.exec(namespace, pod, { container, ...remote, wake });
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

/** A Pod by its name in a namespace, or the one of the command line. */
export function namedPod(call: Call, namespace: string, name: string): Pod {
  return call.io.client.get<Pod>('Pod', namespace || namespaceOf(call), name);
}
