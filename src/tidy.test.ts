import { describe, expect, it } from 'vitest';
import { parseSource, readSource, sourcePaths } from './testing/source-tree';
import {
  determinismComplaints,
  directionComplaints,
  headerComplaints,
  leftoverComplaints,
  nameComplaints,
  sizeComplaints,
} from './testing/tidy-rules';

/** Files that may be longer than the rule, each with its reason. */
const LONG: Readonly<Record<string, string>> = {};

const files = sourcePaths().map(readSource);

describe('house rules', () => {
  it('reads the tree', () => {
    expect(files.length).toBeGreaterThan(50);
  });
  it('imports go only in allowed directions', () => {
    expect(files.filter((file) => !file.path.endsWith('.test.ts')).flatMap(directionComplaints)).toEqual([]);
  });
  it('the engine has no hidden time, chance, I/O or module state', () => {
    expect(files.flatMap(determinismComplaints)).toEqual([]);
  });
  it('files and functions are short', () => {
    expect(files.flatMap((file) => sizeComplaints(file, LONG))).toEqual([]);
  });
  it('names say something', () => {
    expect(files.flatMap(nameComplaints)).toEqual([]);
  });
  it('every file says what it is', () => {
    expect(files.flatMap(headerComplaints)).toEqual([]);
  });
  it('nothing is left lying', () => {
    expect(files.flatMap(leftoverComplaints)).toEqual([]);
  });
});

describe('the rules can fail', () => {
  const cases: readonly (readonly [string, string, string, (file: ReturnType<typeof parseSource>) => string[]])[] = [
    ['a wrong direction', 'engine/kernel/a.ts', "import { x } from '../api/meta';", directionComplaints],
    [
      'a value import where types are allowed',
      'kubectl/a.ts',
      "import { y } from '../engine/client/client';",
      directionComplaints,
    ],
    ['a package in the engine', 'engine/api/a.ts', "import { parse } from 'yaml';", directionComplaints],
    ['a neighbouring controller', 'engine/controllers/a/b.ts', "import { p } from '../c/d';", directionComplaints],
    ['the engine in the page', 'ui/a.tsx', "import { s } from '../engine/create-simulation';", directionComplaints],
    ['Date', 'engine/api/a.ts', 'export const now = () => Date.now();', determinismComplaints],
    ['Math.random', 'engine/api/a.ts', 'export const r = () => Math.random();', determinismComplaints],
    ['await', 'engine/api/a.ts', 'export async function f() { await g(); }', determinismComplaints],
    ['module state', 'engine/api/a.ts', 'let count = 0; export const f = () => count++;', determinismComplaints],
    [
      'localeCompare',
      'engine/api/a.ts',
      "export const c = (a: string) => a.localeCompare('b');",
      determinismComplaints,
    ],
    ['a long file', 'engine/api/a.ts', '\n'.repeat(301), (file) => sizeComplaints(file, {})],
    ['a long function', 'engine/api/a.ts', `function f() {${'\n'.repeat(71)}}`, (file) => sizeComplaints(file, {})],
    ['a vague name', 'engine/api/pod-utils.ts', '', nameComplaints],
    ['no header', 'engine/api/a.ts', 'export const a = 1;', headerComplaints],
    ['a mark', 'engine/api/a.ts', '// TODO later', leftoverComplaints],
    ['any', 'engine/api/a.ts', 'export const a = (b: any) => b;', leftoverComplaints],
  ];
  it.each(cases)('on %s', (_what, path, text, rule) => {
    expect(rule(parseSource(path, text))).not.toEqual([]);
  });
  it('but not on a parameter that has a platform name', () => {
    expect(
      determinismComplaints(parseSource('engine/api/a.ts', 'export const f = (process: string) => process;')),
    ).toEqual([]);
  });
});
