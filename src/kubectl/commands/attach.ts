/**
 * kubectl attach: what the process of a container prints from now on. Follows staging/src/k8s.io/kubectl/pkg/cmd/attach/attach.go.
 */
import type { Shown } from '../../engine/api/pod-streams';
import type { Call, Command, Progress, Turn } from '../command';
import { asCommandError, isRefusal, KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { attachablePod, placeIn, type RemotePlace, refuseCompleted, upgraded, wakeOf } from '../remote-command';

/** How far the output of a container is read, and of which of its instances; '' before the first part. */
export interface Reading extends Progress {
  readonly instance: string;
  readonly next: number;
  readonly shown?: Shown;
}

interface AttachProgress extends Reading {
  readonly place: RemotePlace;
  readonly hasTty: boolean;
  readonly isEphemeral: boolean;
}

const ADVICE = `All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.
If you don't see a command prompt, try pressing enter.
`;

/** What is said before anything is printed; `hasTty`: the container has a terminal, which nobody sits at who pipes something in. */
export function sayAttached({ flags, process, err }: Call, hasTty: boolean): void {
  if (flags.bool('quiet')) return;
  if (hasTty && flags.bool('stdin') && process.stdin !== undefined)
    err('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  err(ADVICE);
}

/** What is said at the end to somebody who sits at a container's terminal. */
export function sayEnded(
  { flags, process, out }: Call,
  place: RemotePlace,
  hasTty: boolean,
  isEphemeral = false,
): void {
  if (flags.bool('quiet') || !flags.bool('stdin') || !hasTty || process.stdin !== undefined) return;
  const line = `'kubectl attach ${place.pod} -c ${place.container} -n ${place.namespace} -i -t'`;
  const words = isEphemeral
    ? `the ephemeral container will not be restarted but may be reattached using ${line} if it is still running`
    : `resume using ${line} command`;
  out(`Session ended, ${words}\n`);
}

function begin(call: Call): AttachProgress {
  const { args, flags } = call;
  if (args.length === 0) throw new KubectlError('at least 1 argument is required for attach');
  if (args.length > 2) {
    const saw = `saw ${args.length}: [${args.join(' ')}]`;
    throw new KubectlError(`expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) ${saw}`);
  }
  const pod = attachablePod(call, args);
  refuseCompleted(pod, 'attach');
  const isQuiet = flags.bool('quiet');
  const place = placeIn(call, pod, isQuiet);
  const { container } = place;
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  const isNamed = ({ name }: { readonly name: string }): boolean => name === container;
  const isEphemeral = ephemeralContainers.some(isNamed);
  const hasTty = [...containers, ...initContainers, ...ephemeralContainers].find(isNamed)?.tty === true;
  if (flags.bool('tty') && !hasTty && !isQuiet) {
    call.err(`error: Unable to use a TTY - container ${container} did not allocate one\n`);
  }
  sayAttached(call, hasTty);
  return { place, hasTty, isEphemeral, instance: '', next: 0 };
}

/** Prints what a container has printed since; undefined once that is all. Throws what the server refuses. */
export function readOn(call: Call, { namespace, pod, container }: RemotePlace, before: Reading): Turn {
  const { flags, process, io } = call;
  const stdin = flags.bool('stdin') && process.stdin !== undefined ? { stdin: process.stdin } : {};
  const { instance, next, shown } = before;
  const follow = { instance, from: next, ...(shown ? { shown } : {}), wake: wakeOf(call) };
  const part = upgraded(() => io.client.attach(namespace, pod, { container, ...stdin, follow }));
  call.out(part.text);
  if (part.isOver) return undefined;
  const heard = part.shown ? { shown: part.shown } : {};
  const progress: Reading = { ...before, instance: part.instance, next: part.next, ...heard };
  return { progress, follows: true, isWoken: true };
}

function run(call: Call): Turn {
  const before = (call.progress as AttachProgress | undefined) ?? begin(call);
  try {
    const turn = readOn(call, before.place, before);
    if (!turn) sayEnded(call, before.place, before.hasTty, before.isEphemeral);
    return turn;
  } catch (error) {
    const refused = asCommandError(error);
    if (!isRefusal(refused, '')) throw refused;
    throw new KubectlError(refused.message);
  }
}

/** kubectl attach. */
export const attach: Command = {
  path: 'attach',
  reads: (flags) => !flags.bool('stdin'),
  use: 'attach (POD | TYPE/NAME) -c CONTAINER',
  flags: [
    flag.text('container', 'c'),
    flag.bool('stdin', 'i'),
    flag.bool('tty', 't'),
    flag.bool('quiet', 'q'),
    flag.harmless(flag.text('detach-keys'), 'there are no keys to press'),
    flag.harmless(flag.duration('pod-running-timeout', '1m0s'), 'a Pod is attached to at once or not at all'),
  ],
  run,
};
