/**
 * kubectl attach: what the process of a container prints from now on. Follows staging/src/k8s.io/kubectl/pkg/cmd/attach/attach.go.
 */
import type { Call, Command, Progress, Turn } from '../command';
import { asCommandError, isRefusal, KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { attachablePod, placeIn, type RemotePlace, refuseCompleted, wakeOf } from '../remote-command';

interface AttachProgress extends Progress {
  readonly place: RemotePlace;
  readonly instance: string;
  readonly next: number;
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

function run(call: Call): Turn {
  const before = (call.progress as AttachProgress | undefined) ?? begin(call);
  const { namespace, pod, container } = before.place;
  const stdin = call.flags.bool('stdin') && call.process.stdin !== undefined ? { stdin: call.process.stdin } : {};
  const follow = { instance: before.instance, from: before.next, wake: wakeOf(call) };
  try {
    const part = call.io.client.attach(namespace, pod, { container, ...stdin, follow });
    call.out(part.text);
    if (part.isOver) return undefined;
    const progress: AttachProgress = { ...before, instance: part.instance, next: part.next };
    return { progress, follows: true, isWoken: true };
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
