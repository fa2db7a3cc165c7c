/**
 * `npm run parity`: compares the engine with answers recorded from a real Kubernetes and prints a table. `-- --only REGEX` picks
 * cases, `--show N` prints the first N differences of each, `--update` keeps the result as the record that `npm test` holds to.
 */
import { parseArgs } from 'node:util';
import { ensureInstalled, root } from './prepare.mjs';

ensureInstalled();
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    show: { type: 'string', default: '0' },
    update: { type: 'boolean', default: false },
  },
});
const { createServer } = await import('vite');
const server = await createServer({
  root,
  server: { middlewareMode: true, ws: false, watch: null },
  logLevel: 'error',
});
const { parity } = await server.ssrLoadModule('/src/testing/parity/parity.ts');
console.log(parity({ only: new RegExp(values.only), show: Number(values.show), update: values.update }));
await server.close();
