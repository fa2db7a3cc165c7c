/**
 * kubectl attach: what the process of a container prints from now on. Follows staging/src/k8s.io/kubectl/pkg/cmd/attach/attach.go.
 */
import type { Call, Command, Progress, Turn } from '../command';
import { asCommandError, isRefusal, KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { attachablePod, placeIn, type RemotePlace, refuseCompleted, upgraded, wakeOf } from '../remote-command';

/** How far the output of a container is read, and of which of its instances; '' before the first part. */
export interface Reading extends Progress {
  readonly instance: string;
  readonly next: number;
}

interface AttachProgress extends Reading {
  readonly place: RemotePlace;
}

/** What is said before anything is printed. */
export const ATTACH_ADVICE = `All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.
If you don't see a command prompt, try pressing enter.
`;

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
  const spec = pod.spec.containers.find(({ name }) => name === container);
  if (flags.bool('tty') && !spec?.tty && !isQuiet) {
    call.err(`error: Unable to use a TTY - container ${container} did not allocate one\n`);
  }
  if (!isQuiet) call.err(ATTACH_ADVICE);
  return { place, instance: '', next: 0 };
}

/** Prints what a container has printed since; undefined once that is all. Throws what the server refuses. */
export function readOn(call: Call, { namespace, pod, container }: RemotePlace, before: Reading): Turn {
  const { flags, process, io } = call;
  const stdin = flags.bool('stdin') && process.stdin !== undefined ? { stdin: process.stdin } : {};
  const follow = { instance: before.instance, from: before.next, wake: wakeOf(call) };
  const part = upgraded(() => io.client.attach(namespace, pod, { container, ...stdin, follow }));
  call.out(part.text);
  if (part.isOver) return undefined;
  const progress: Reading = { ...before, instance: part.instance, next: part.next };
  return { progress, follows: true, isWoken: true };
}

function run(call: Call): Turn {
  const before = (call.progress as AttachProgress | undefined) ?? begin(call);
  try {
    return readOn(call, before.place, before);
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
