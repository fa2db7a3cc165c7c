/** What every command needs before it can start: dependencies as the lock file says. Plain Node, as nothing is installed yet. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a command in the project, its output where `stdio` says; stops the process with its code when it fails. */
export function runOrExit(command, args, { stdio = 'inherit', env = {} } = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio,
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (result.error) console.error(`${command}: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** Installs dependencies when they are missing or older than the lock file. Says so on standard error. */
export function ensureInstalled() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  const isCurrent =
    existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs - 1000;
  if (isCurrent) return;
  console.error('Installing dependencies …');
  runOrExit('npm', ['ci', '--no-audit', '--no-fund'], { stdio: ['ignore', 2, 2] });
}

/** The newest modification time of any file below a folder. */
export function newestMtimeMs(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestMtimeMs(path) : statSync(path).mtimeMs);
  }
  return newest;
}

/** The path of a tool that npm installed. */
export const tool = (name) => join(root, 'node_modules', '.bin', name);

/** The native TypeScript compiler. `typescript` itself is the last release with an API, which dependency-cruiser reads the sources with. */
export const typeCheck = [join(root, 'node_modules', 'typescript-7', 'bin', 'tsc'), '--noEmit'];
