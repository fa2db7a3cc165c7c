/**
 * `npm run marks -- --minutes 10 --seed 7`: drives the built page in a Chromium as somebody would who types, undoes, acts, goes back in time and reloads at
 * random, and checks after each of it that text, cluster and marks agree (e2e/random.spec.ts). Exit code 1 when they do not.
 */
import { spawnSync } from 'node:child_process';
import { optionsOf } from './options.mjs';
import { ensureInstalled } from './prepare.mjs';

const values = optionsOf({ minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } });
if (!(Number(values.minutes) > 0) || !Number.isInteger(Number(values.seed))) {
  console.error('--minutes is a number above 0, --seed a whole number');
  process.exit(2);
}
ensureInstalled();
const env = { ...process.env, MARKS_MINUTES: values.minutes, MARKS_SEED: values.seed };
const run = (...command) => spawnSync('npx', command, { stdio: 'inherit', env }).status ?? 1;
const built = run('vite', 'build', '--logLevel', 'error');
process.exit(
  built || run('playwright', 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list', 'random.spec'),
);
