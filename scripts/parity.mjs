/**
 * `npm run parity`: compares the engine with answers recorded from a real Kubernetes and prints a table. `-- --only REGEX` picks
 * cases, `--show N` prints the first N differences of each, `--update` keeps the result as the record that `npm test` holds to.
 */
import { optionsOf } from './options.mjs';
import { ensureInstalled } from './prepare.mjs';
import { loadSource } from './source-module.mjs';

const values = optionsOf({
  only: { type: 'string', default: '' },
  show: { type: 'string', default: '0' },
  update: { type: 'boolean', default: false },
});
ensureInstalled();
const { loaded, close } = await loadSource('/src/testing/parity/parity.ts');
console.log(loaded.parity({ only: new RegExp(values.only), show: Number(values.show), update: values.update }));
await close();
