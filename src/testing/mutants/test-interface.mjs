/**
 * What test files import as `vitest` while mutants are tried (runner.mjs): as much of its interface as they use, with its own
 * matchers, and a list of tests that can be run one by one in this process.
 */

import { format } from 'node:util';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import * as chai from 'chai';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export const expect = (value, message) => {
  setState({ assertionCalls: (getState(expect)?.assertionCalls ?? 0) + 1 }, expect);
  return chai.expect(value, message);
};
Object.assign(expect, chai.expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);

export const vi = { setConfig: () => undefined };

/** Every test of the files that were loaded: `{ id, name, fileName, run }`. */
export const tests = [];
const scopes = [];
const ids = new Map();
let fileName = '';

/** Says which file the tests come from that are declared next. */
export function beginFile(name) {
  fileName = name;
}

function titleOf(title, row) {
  const parts = Array.isArray(row) ? row : [row];
  const filled = title.replace(/\$([\w.]+)/g, (_all, path) =>
    String(path.split('.').reduce((value, key) => value?.[key], parts[0])),
  );
  const places = filled.match(/%[sdifjoO]/g)?.length ?? 0;
  return places > 0 ? format(filled, ...parts.slice(0, places)) : filled;
}

const eachOf =
  (declare) =>
  (rows) =>
  (title, ...rest) => {
    const run = rest.findLast((one) => typeof one === 'function');
    for (const row of rows) declare(titleOf(title, row), () => (Array.isArray(row) ? run(...row) : run(row)));
  };

export function describe(title, ...rest) {
  scopes.push(title);
  try {
    rest.findLast((one) => typeof one === 'function')?.();
  } finally {
    scopes.pop();
  }
}
describe.each = eachOf(describe);

export function it(title, ...rest) {
  const run = rest.findLast((one) => typeof one === 'function');
  const name = [...scopes, title].join(' ');
  const key = `${fileName}#${name}`;
  const before = ids.get(key) ?? 0;
  ids.set(key, before + 1);
  tests.push({ id: before > 0 ? `${key} (${before + 1})` : key, name, fileName, run });
}
it.each = eachOf(it);
it.skipIf = (isSkipped) => (isSkipped ? () => undefined : it);
export const test = it;
