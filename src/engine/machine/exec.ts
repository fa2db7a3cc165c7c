/**
 * Commands run inside a container beside its process: hooks, probes, exec.
 * Follows ExecSync of containerd; a command nobody knows in an image with programs of its own is taken to succeed.
 */
import type { ExecResult } from './cri';
import { contained, executableError, ownFiles, shellHost } from './process';
import { type Machine, type MachineContainer, putContainer } from './records';
import { COMMANDS, type ShellHost } from './shell/commands';
import { compileCommand, compileShell } from './shell/program';
import { isShell, runShell, SHELL_START } from './shell/shell';

/** How often a command may sleep before it counts as one that never ends. */
const MAX_SLEEPS = 1000;
/** Instructions of one command, over all its wakes: it is run in one step. */
const MAX_INSTRUCTIONS = 20_000;

/** Runs a command to its end, or until `limitMs` have passed. */
export function execSync(
  machine: Machine,
  container: MachineContainer,
  command: readonly string[],
  limitMs: number,
): ExecResult {
  const host = shellHost(machine, container);
  const before = host.files;
  const run = contained(() => runToEnd(command, host, limitMs));
  if ('problem' in run) return { code: 137, output: run.problem, tookMs: 0 };
  const files = ownFiles(machine, container, before, host.files);
  if (files !== container.files) putContainer(machine, container, { files });
  return run.value;
}

function runToEnd(command: readonly string[], host: ShellHost, limitMs: number): ExecResult {
  const first = command[0] ?? '';
  const name = first.slice(first.lastIndexOf('/') + 1);
  const isText = isShell(name) && /^-\w*c$/.test(command[1] ?? '');
  const code = isText ? compileShell(command[2] ?? 'exit 2') : compileCommand(command);
  if (!code) return { code: 2, output: 'sh: syntax error', tookMs: 0 };
  if (!isText && host.bare && !isShell(name) && !COMMANDS.has(name)) {
    const error = `OCI runtime exec failed: exec failed: unable to start container process: ${executableError(first)}`;
    return { code: 127, output: executableError(first), tookMs: 0, error };
  }
  const budget = { instructions: MAX_INSTRUCTIONS, depth: 0 };
  let state = SHELL_START;
  let output = '';
  let tookMs = 0;
  for (let sleeps = 0; sleeps < MAX_SLEEPS; sleeps++) {
    const run = runShell(code, state, host, budget);
    output += run.output;
    state = run.state;
    if (run.effect.kind === 'server') return { code: 0, output, tookMs };
    if (run.effect.kind === 'exit') return { code: run.effect.code, output, tookMs };
    if (run.effect.kind === 'forever') break;
    tookMs += run.effect.ms;
    if (tookMs >= limitMs) break;
  }
  return { code: 137, output, tookMs: limitMs };
}
