/** Commands that can't be started in a container, in the words of Go and runc. Follows prepareRootfs, finalizeNamespace and StartInitialization of runc's libcontainer. */
import type { Container } from '../api/types';
import type { Files } from './cri';
import { workingDirectory } from './image-files';
import type { MachineContainer } from './records';
import { installedAt, programObstacle } from './shell/held-programs';
import { readFile, type ShellHost } from './shell/host';
import { isDirectoryIn } from './shell/paths';

const WORDS = { directory: 'is a directory', forbidden: 'permission denied' } as const;
const CREATE =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ';
const INIT = 'unable to start container process: error during container init: ';

/** Go's words for a program that can't be run; undefined when it can. */
export function execError(command: readonly string[], host: ShellHost, cwd: string): string | undefined {
  const [program = ''] = command;
  const obstacle = programObstacle({ host, cwd }, program);
  if (obstacle === undefined) return undefined;
  if (obstacle !== 'missing') return `exec: "${program}": ${WORDS[obstacle]}`;
  return program.includes('/')
    ? `exec: "${program}": stat ${program}: no such file or directory`
    : `exec: "${program}": executable file not found in $PATH`;
}

/** The words for a working directory that can't be made or entered. */
function directoryError(directory: string, host: ShellHost): string | undefined {
  const parts = directory.split('/').slice(1);
  const paths = parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
  const file = paths.find((path) => readFile({ host, cwd: '/' }, path) !== undefined);
  if (file !== undefined) return `mkdir ${file}: not a directory`;
  const isClosed = (host.user ?? 0) !== 0 && paths[0] === '/root';
  return isClosed ? `chdir to cwd ("${directory}") set in config.json failed: permission denied` : undefined;
}

/** runc's words when a container can't be started: for what is mounted (`mounting`), or its command; undefined when it can. */
export function startError(
  container: MachineContainer,
  hostOf: () => ShellHost,
  mounting: string | undefined,
): string | undefined {
  const { behaviour, spec } = container;
  const { command, entrypoint } = behaviour;
  const { workingDir = '' } = spec;
  if (workingDir !== '' && !workingDir.startsWith('/')) return `${CREATE}Cwd must be an absolute path: unknown`;
  if (mounting !== undefined) return `${CREATE}${INIT}${mounting}: unknown`;
  if (workingDir === '' && (command === undefined || entrypoint !== undefined)) return undefined;
  const host = hostOf();
  const why =
    directoryError(workingDir, host) ??
    (command && entrypoint === undefined ? execError(command, host, workingDirectory(container)) : undefined);
  return why === undefined ? undefined : `${CREATE}${INIT}${why}: unknown`;
}

/** What a container holds when it is made: with the working directory that the runtime makes where there is none. */
export function filesBrought(files: Files, { workingDir = '' }: Container): Files {
  const isThere = !workingDir.startsWith('/') || workingDir.endsWith('/') || isDirectoryIn(files, workingDir);
  return isThere || Object.hasOwn(files, workingDir) ? files : { ...files, [`${workingDir}/.`]: '' };
}

/** What is left on standard error by a file that the kernel does not run; undefined for any other. */
export function kernelRefusal([path = '']: readonly string[], host: ShellHost, cwd: string): string | undefined {
  const file = path.includes('/') ? path : installedAt(host, path);
  const text = file === undefined ? undefined : readFile({ host, cwd }, file);
  if (text === undefined || text === '' || host.holds(path)) return undefined;
  const [, interpreter] = /^#! *(\S+)/.exec(text) ?? [];
  if (interpreter === undefined) return `exec ${path}: exec format error\n`;
  const isThere = programObstacle({ host, cwd }, interpreter) === undefined;
  return isThere ? undefined : `exec ${path}: no such file or directory\n`;
}

/** The exit code of a process that the kernel did not begin. */
export const NOT_RUN = 255;
