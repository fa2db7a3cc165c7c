/** Commands that are not in their image, in the words of Go and runc. What an image holds is only known of those that hold little. */
import type { MachineContainer } from './records';
import { isUtility } from './shell/commands';
import { readFile, type ShellHost } from './shell/host';
import { lastOf } from './shell/paths';
import { isShell } from './shell/shell';

/** Whether an image may have a program of this name, or path. */
function isThere(program: string, { bare, servers }: Pick<ShellHost, 'bare' | 'servers'>): boolean {
  const name = lastOf(program);
  return !bare || isShell(name) || isUtility(name) || servers.includes(name);
}

/** Go's words for a program that is not there. */
function executableError(program: string): string {
  return program.includes('/')
    ? `exec: "${program}": stat ${program}: no such file or directory`
    : `exec: "${program}": executable file not found in $PATH`;
}

/** runc's words when a container's command is not in its image; undefined when it can be started. */
export function startError({ behaviour }: MachineContainer): string | undefined {
  const program = behaviour.command?.[0];
  if (program === undefined || isThere(program, behaviour)) return undefined;
  return `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${executableError(program)}: unknown`;
}

/** The runtime's words for a command that is not in the image; undefined when it can be started. */
export function execError(command: readonly string[], host: ShellHost, cwd: string): string | undefined {
  const program = command[0] ?? '';
  if (isThere(program, host)) return undefined;
  return program.includes('/') && readFile({ host, cwd }, program) !== undefined ? undefined : executableError(program);
}
