#!/usr/bin/env node
/** `kubestep`: builds the command line on first use (and after a change), then runs it. Prints nothing of its own to standard output. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, newestMtimeMs, root, runOrExit, tool } from '../scripts/prepare.mjs';

const built = join(root, 'dist', 'cli', 'main.js');
const sources = join(root, 'src');
if (existsSync(sources) && (!existsSync(built) || statSync(built).mtimeMs < newestMtimeMs(sources))) {
  ensureInstalled();
  runOrExit(tool('vite'), ['build', '--config', 'vite.cli.config.ts'], { stdio: ['ignore', 2, 2] });
}
await import(built);
