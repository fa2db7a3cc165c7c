#!/usr/bin/env node
/** `kubestep`: builds the command line on first use (and after a change), then runs it. Prints nothing of its own to standard output. */
import { existsSync, mkdirSync, renameSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, newestMtimeMs, root, runOrExit, tool } from '../scripts/prepare.mjs';

const built = join(root, 'dist', 'cli', 'main.js');
const sources = join(root, 'src');
if (existsSync(sources) && (!existsSync(built) || statSync(built).mtimeMs < newestMtimeMs(sources))) {
  ensureInstalled();
  // Several may start at once: each builds beside the place and moves the whole file there.
  const folder = join(root, 'dist', `cli-${process.pid}`);
  runOrExit(tool('vite'), ['build', '--config', 'src/cli/vite.config.ts', '--outDir', folder], {
    stdio: ['ignore', 2, 2],
  });
  mkdirSync(join(root, 'dist', 'cli'), { recursive: true });
  renameSync(join(folder, 'main.js'), built);
  rmdirSync(folder);
}
await import(built);
