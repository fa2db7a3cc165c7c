/**
 * kubectl exec: a command in a container, with what it prints and its exit code.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/exec/exec.go. There is no terminal behind standard input: what is given to it comes at once and
 * then ends.
 */
import type { Call, Command, Progress, Turn } from '../command';
import { KubectlError, usageError } from '../errors';
import { FILENAME, flag } from '../flag-sets';
import {
  attachablePod,
  placeIn,
  type RemotePlace,
  refuseCompleted,
  refuseFailure,
  remotePart,
} from '../remote-command';

interface ExecProgress extends Progress {
  readonly place: RemotePlace;
  readonly session: string;
}

const SHELLS = ['sh', 'bash', 'ash', 'dash', 'zsh'];

/** Which container, and which words. */
function placeOf(call: Call): { readonly place: RemotePlace; readonly command: readonly string[] } {
  const { args, argsBeforeDash, flags } = call;
  const [resource] = args.slice(0, argsBeforeDash);
  const command = args.slice(argsBeforeDash);
  if (argsBeforeDash > 1) {
    const why = 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead';
    throw usageError('exec', why);
  }
  if (!resource) throw new KubectlError('pod, type/name or --filename must be specified');
  if (command.length === 0) throw new KubectlError('you must specify at least one command for the container');
  const pod = attachablePod(call, [resource]);
  refuseCompleted(pod, 'exec into');
  return { place: placeIn(call, pod, flags.bool('quiet')), command };
}

/** What there is to say of `-t`. */
function warnOfTerminal(call: Call, command: readonly string[]): void {
  const { flags, process } = call;
  if (flags.bool('tty') && flags.bool('stdin') && process.stdin !== undefined && !flags.bool('quiet')) {
    call.err('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  }
  const isShell = SHELLS.includes((command[0] ?? '').replace(/^.*\//, '')) && command.length === 1;
  if (isShell && flags.bool('stdin') && process.stdin === undefined) {
    call.err(
      "kubestep: nobody types into this shell, so it ends at once; kubectl exec POD -- sh -c '…' runs lines in it\n",
    );
  }
}

function begin(call: Call): { readonly place: RemotePlace; readonly part: ReturnType<typeof remotePart> } {
  const { place, command } = placeOf(call);
  warnOfTerminal(call, command);
  const stdin = call.flags.bool('stdin') ? (call.process.stdin ?? '') : undefined;
  return { place, part: remotePart(call, place, stdin === undefined ? { command } : { command, stdin }) };
}

function run(call: Call): Turn {
  const before = call.progress as ExecProgress | undefined;
  const { place, part } = before
    ? { place: before.place, part: remotePart(call, before.place, { command: [], session: before.session }) }
    : begin(call);
  for (const { stream, text } of part.output) {
    if (stream === 'stdout' || call.flags.bool('tty')) call.out(text);
    else call.err(text);
  }
  if (part.exit !== undefined) {
    refuseFailure(part.exit);
    return undefined;
  }
  const progress: ExecProgress = { place, session: part.session };
  return { progress, isWoken: true };
}

/** kubectl exec. */
export const exec: Command = {
  path: 'exec',
  use: 'exec (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
  flags: [
    ...FILENAME,
    flag.text('container', 'c'),
    flag.bool('stdin', 'i'),
    flag.bool('tty', 't'),
    flag.bool('quiet', 'q'),
    flag.harmless(flag.duration('pod-running-timeout', '1m0s'), 'a Pod is entered at once or not at all'),
  ],
  run,
};
