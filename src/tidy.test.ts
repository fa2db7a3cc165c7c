import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseSource, readSource, SRC, sourcePaths } from './testing/source-tree';
import { dependencyComplaints, detourComplaints } from './testing/tidy-dependencies';
import { roomOf } from './testing/tidy-directions';
import { determinismComplaints, globalComplaints } from './testing/tidy-globals';
import { hiddenMemoryComplaints, rememberingMakers } from './testing/tidy-hidden-memory';
import { moduleStateComplaints } from './testing/tidy-module-state';
import { prototypeComplaints } from './testing/tidy-prototypes';
import {
  headerComplaints,
  leftoverComplaints,
  nameComplaints,
  patternComplaints,
  sizeComplaints,
} from './testing/tidy-rules';

/** Files that may be longer than the rule, each with its reason. */
const LONG: Readonly<Record<string, string>> = {};

/** Modules that may remember something, each with its reason. */
const REMEMBERING: Readonly<Record<string, string>> = {
  'view/row-of.ts': 'rows by the frozen object they were made of: forgetting one changes nothing but the time it takes',
};

/** Modules that hold an instance of a class or change what is not theirs, each with its reason. */
const HOLDING: Readonly<Record<string, string>> = {
  'engine/api/discovery.ts': 'the built-in kinds, which are the same for ever',
  'kubectl/yaml.ts': 'how long stacks are, while a parser throws by the thousand; it is set back at once',
};

const files = sourcePaths().map(readSource);
const makers = new Set(files.flatMap((file) => [...rememberingMakers(file)]));

describe('house rules', () => {
  it('reads the tree', () => {
    expect(files.length).toBeGreaterThan(50);
  });
  it('every file is in a room', () => {
    expect(files.map(({ path }) => path).filter((path) => !roomOf(path) && path !== 'tidy.test.ts')).toEqual([]);
  });
  it('imports go only in allowed directions, never in a circle, and the engine never reaches the page', {
    timeout: 600_000,
  }, async () => {
    expect(await dependencyComplaints(join(SRC, '..'))).toEqual([]);
  });
  it('the engine uses no globals but those that are the same everywhere', async () => {
    expect((await Promise.all(files.map(globalComplaints))).flat()).toEqual([]);
  });
  it('the engine has no hidden time, chance or I/O', () => {
    expect(files.flatMap(determinismComplaints)).toEqual([]);
  });
  it('modules have no memory', () => {
    expect(files.flatMap((file) => moduleStateComplaints(file, REMEMBERING))).toEqual([]);
  });
  it('nor any in disguise', () => {
    expect(files.flatMap((file) => hiddenMemoryComplaints(file, HOLDING, makers))).toEqual([]);
  });
  it('nothing is taken in by a detour', () => {
    expect(files.flatMap(detourComplaints)).toEqual([]);
  });
  it('maps keyed by words of users are filled in one way', () => {
    expect(files.flatMap(prototypeComplaints)).toEqual([]);
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
  it('patterns stay in their line', () => {
    expect(files.flatMap(patternComplaints)).toEqual([]);
  });
});

describe('rules about imports can fail', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubestep-tidy-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const tree = (name: string, sources: Readonly<Record<string, string>>): string => {
    for (const [path, text] of Object.entries(sources)) {
      const file = join(folder, name, 'src', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return join(folder, name);
  };
  const value = 'export const x = 1; export interface T {}';
  it.each<[string, string, Readonly<Record<string, string>>]>([
    [
      'a wrong direction',
      'not-in-allowed',
      { 'engine/kernel/a.ts': "import { x } from '../api/b'; x", 'engine/api/b.ts': value },
    ],
    ['a re-export', 'not-in-allowed', { 'engine/kernel/a.ts': "export * from '../api/b'", 'engine/api/b.ts': value }],
    [
      'an import at run time',
      'not-in-allowed',
      { 'engine/kernel/a.ts': "void import('../api/b')", 'engine/api/b.ts': value },
    ],
    [
      'a type where none is allowed',
      'not-in-allowed',
      { 'engine/kernel/a.ts': "import type { T } from '../api/b'", 'engine/api/b.ts': value },
    ],
    [
      'a type named in place',
      'not-in-allowed',
      { 'engine/kernel/a.ts': "export type A = import('../api/b').T", 'engine/api/b.ts': value },
    ],
    [
      'a value where types are allowed',
      'not-in-allowed',
      { 'kubectl/a.ts': "import { x } from '../engine/client/b'; x", 'engine/client/b.ts': value },
    ],
    [
      'a value among types',
      'not-in-allowed',
      { 'kubectl/a.ts': "import { type T, x } from '../engine/client/b'; x as T", 'engine/client/b.ts': value },
    ],
    ['a package in the engine', 'not-in-allowed', { 'engine/api/a.ts': "import { parse } from 'yaml'; parse" }],
    ['a package that another file may have', 'not-in-allowed', { 'ui/a.ts': "import { parse } from 'yaml'; parse" }],
    [
      'a module of Node in the engine',
      'not-in-allowed',
      { 'engine/api/a.ts': "import { readFileSync } from 'node:fs'; readFileSync" },
    ],
    [
      'a neighbouring controller',
      'not-in-allowed',
      { 'engine/controllers/a/b.ts': "import { x } from '../c/d'; x", 'engine/controllers/c/d.ts': value },
    ],
    [
      'a neighbouring plugin',
      'a neighbouring plugin',
      {
        'engine/scheduler/plugins/registry.ts': "import { x } from './a'; import { y } from './b'; x; y",
        'engine/scheduler/plugins/a.ts': "export { y as x } from './b'",
        'engine/scheduler/plugins/b.ts': 'export const y = 1;',
      },
    ],
    [
      'the engine in the page',
      'not-in-allowed',
      { 'ui/a.ts': "import { x } from '../engine/create-simulation'; x", 'engine/create-simulation.ts': value },
    ],
    [
      'the engine in the page, by a detour',
      'the engine in the page',
      {
        'ui/a.ts': "import { x } from '../scenario/b'; x",
        'scenario/b.ts': "export { x } from '../kubectl/c'",
        'kubectl/c.ts': "import { x } from '../engine/client/component'; export { x }",
        'engine/client/component.ts': value,
      },
    ],
    [
      'the engine in the page, by a value among types',
      'the engine in the page',
      {
        'ui/a.ts': "import { x, type T } from '../scenario/b'; x as T",
        'scenario/b.ts': "import { x, type T } from '../engine/client/component'; export { x, type T }",
        'engine/client/component.ts': value,
      },
    ],
    [
      'a circle',
      'a cycle of imports',
      {
        'view/a.ts': "import { x } from './b'; export const y = x",
        'view/b.ts': "import { y } from './a'; export const x = y",
      },
    ],
    [
      'a circle of values among types',
      'a cycle of imports',
      {
        'view/a.ts': "import { x, type U } from './b'; export const y = x; export type T = U",
        'view/b.ts': "import { type T, y } from './a'; export const x = y; export type U = T",
      },
    ],
  ])('on %s', async (what, rule, sources) => {
    const complaints = await dependencyComplaints(tree(what.replaceAll(/\W/g, '-'), sources));
    expect(complaints.some((complaint) => complaint.startsWith(rule))).toBe(true);
  });
});

describe('rules about single files can fail', () => {
  type Rule = (file: ReturnType<typeof parseSource>) => string[] | Promise<string[]>;
  const cases: readonly (readonly [string, string, string, Rule])[] = [
    ['Date', 'engine/api/a.ts', 'export const now = () => Date.now();', globalComplaints],
    [
      'Date under another name',
      'engine/api/a.ts',
      'const D = Date; export const now = () => new D();',
      globalComplaints,
    ],
    [
      'a global that a parameter elsewhere hides',
      'engine/api/a.ts',
      'export const f = (process: string) => process; export const g = () => process;',
      globalComplaints,
    ],
    ['globalThis', 'engine/api/a.ts', "export const t = () => globalThis['Date'];", globalComplaints],
    ['a promise', 'engine/api/a.ts', 'export const p = () => Promise.resolve(1);', globalComplaints],
    ['setTimeout', 'engine/api/a.ts', 'export const p = () => setTimeout(() => undefined, 1);', globalComplaints],
    ['structuredClone', 'engine/api/a.ts', 'export const p = (x: object) => structuredClone(x);', globalComplaints],
    ['Intl', 'engine/api/a.ts', 'export const p = () => new Intl.NumberFormat();', globalComplaints],
    ['eval', 'engine/api/a.ts', "export const p = () => eval('1');", globalComplaints],
    ['Math.random', 'engine/api/a.ts', 'export const r = () => Math.random();', determinismComplaints],
    ['Math.random by a text', 'engine/api/a.ts', "export const r = () => Math['random']();", determinismComplaints],
    [
      'Math taken apart',
      'engine/api/a.ts',
      'const { random } = Math; export const r = () => random();',
      determinismComplaints,
    ],
    [
      'Math by a computed name',
      'engine/api/a.ts',
      "const m = 'random' as const; export const r = () => Math[m]();",
      determinismComplaints,
    ],
    [
      'the way to Function',
      'engine/api/a.ts',
      "export const f = () => ''.constructor.constructor('return Date')();",
      determinismComplaints,
    ],
    ['await', 'engine/api/a.ts', 'export async function f() { await g(); }', determinismComplaints],
    [
      'localeCompare',
      'engine/api/a.ts',
      "export const c = (a: string) => a.localeCompare('b');",
      determinismComplaints,
    ],
    ['module state', 'engine/api/a.ts', 'let count = 0; export const f = () => count++;', moduleStateComplaints],
    [
      'exported module state',
      'engine/api/a.ts',
      'export let count = 0; export const f = () => count++;',
      moduleStateComplaints,
    ],
    [
      'a Map of a module',
      'engine/api/a.ts',
      'const seen = new Map<string, number>(); export const f = () => seen.set("a", 1);',
      moduleStateComplaints,
    ],
    [
      'an object that a module changes',
      'engine/api/a.ts',
      'const s = { n: 0 }; export const f = () => { s.n = 1; };',
      moduleStateComplaints,
    ],
    [
      'an array that a module fills',
      'session/a.ts',
      'const s: string[] = []; export const f = () => s.push("a");',
      moduleStateComplaints,
    ],
    [
      'a counter in a closure',
      'engine/api/a.ts',
      'export const f = (() => { let n = 0; return () => n++; })();',
      moduleStateComplaints,
    ],
    [
      'a pattern that remembers',
      'engine/api/a.ts',
      'const P = /a/g; export const f = (s: string) => P.test(s);',
      moduleStateComplaints,
    ],
    ['a static field', 'engine/api/a.ts', 'export class A { static n = 0; }', moduleStateComplaints],
    [
      'a map filled by a computed name',
      'kubectl/a.ts',
      'export const f = (k: string) => { const m: Record<string, string> = {}; m[k] = k; return m; };',
      prototypeComplaints,
    ],
    [
      'a record without a prototype that a module fills',
      'engine/api/a.ts',
      'const seen = Object.create(null); export const f = (k: string) => { seen[k] = 1; };',
      moduleStateComplaints,
    ],
    [
      'a container in a frozen record',
      'engine/api/a.ts',
      'const s = Object.freeze({ seen: new Map() }); export const f = () => s.seen.set("a", 1);',
      moduleStateComplaints,
    ],
    [
      'what is declared readonly, and changed by a cast',
      'engine/api/a.ts',
      'const s: ReadonlyMap<string, number> = new Map(); export const f = () => (s as Map<string, number>).set("a", 1);',
      moduleStateComplaints,
    ],
    [
      'an instance of a class of its own',
      'engine/api/a.ts',
      'class Cache { seen = new Map(); } const cache = new Cache(); export const f = () => cache;',
      hiddenMemoryComplaints,
    ],
    [
      'a counter on a function',
      'engine/api/a.ts',
      'export function f() { f.calls = (f.calls ?? 0) + 1; }',
      hiddenMemoryComplaints,
    ],
    [
      'what is hung on the platform',
      'engine/api/a.ts',
      'export const f = () => { (Array as unknown as { n: number }).n = 1; };',
      hiddenMemoryComplaints,
    ],
    [
      'what another module exports',
      'engine/api/a.ts',
      "import { table } from './b'; export const f = () => table.push(1);",
      hiddenMemoryComplaints,
    ],
    [
      'a maker of closures, called at once',
      'engine/api/a.ts',
      'function counter() { let n = 0; return () => n++; } export const next = counter();',
      hiddenMemoryComplaints,
    ],
    [
      'the same, written short and with a Map',
      'engine/api/a.ts',
      'const memo = (seen = new Map(), known = new Map()) => (k: string) => seen.set(k, 1); export const f = memo();',
      hiddenMemoryComplaints,
    ],
    [
      'a closure in a list',
      'engine/api/a.ts',
      'export const [next] = [(() => { let n = 0; return () => n++; })()];',
      hiddenMemoryComplaints,
    ],
    ['a namespace', 'engine/api/a.ts', 'export namespace Cache { export let n = 0; }', hiddenMemoryComplaints],
    [
      'a static container',
      'engine/api/a.ts',
      'export class A { static readonly seen = new Map(); }',
      hiddenMemoryComplaints,
    ],
    ['a default export that can be filled', 'engine/api/a.ts', 'export default { n: 0 };', hiddenMemoryComplaints],
    [
      'a closure in a timer',
      'engine/controllers/a.ts',
      'export const f = (c: Context) => c.after(5, "x", (() => 1) as never);',
      hiddenMemoryComplaints,
    ],
    [
      'a closure in memory',
      'engine/controllers/a.ts',
      'export const f = ({ memory }: Context) => memory.waiting.set("a", () => 1);',
      hiddenMemoryComplaints,
    ],
    [
      'a constructor by a detour',
      'engine/api/a.ts',
      "const F = Object.getPrototypeOf(() => 0).constructor; export const f = () => F('return Date')();",
      determinismComplaints,
    ],
    [
      'a constructor taken out',
      'engine/api/a.ts',
      "const { constructor: F } = () => 0; export const f = () => F('return Date')();",
      determinismComplaints,
    ],
    ['what a module is', 'engine/api/a.ts', 'export const u = () => import.meta.url;', determinismComplaints],
    ['a stack', 'engine/api/a.ts', 'export const s = () => new Error().stack;', determinismComplaints],
    [
      'a promise that nobody names',
      'engine/api/a.ts',
      'export const p = (x: () => void) => Array.fromAsync([1]).then(x);',
      determinismComplaints,
    ],
    ['what a test exports', 'engine/api/a.ts', "import { x } from './b.test'; x;", detourComplaints],
    [
      'files of another room, by a pattern',
      'engine/api/a.ts',
      "export const all = import.meta.glob('../../ui/*.ts', { eager: true });",
      detourComplaints,
    ],
    [
      'a map filled by a computed name, with a cast',
      'kubectl/a.ts',
      'export const f = (k: string) => { const m = {} as Record<string, string>; m[k] = k; return m; };',
      prototypeComplaints,
    ],
    [
      'a map filled by a computed name, of another type',
      'kubectl/a.ts',
      'export const f = (k: string) => { const m: { [key: string]: string } = {}; m[k] = k; return m; };',
      prototypeComplaints,
    ],
    ['a check that is silenced', 'engine/api/a.ts', '// @ts-expect-error it is right', leftoverComplaints],
    ['a test that is to fail', 'engine/api/a.test.ts', 'it.fails("so", () => undefined);', leftoverComplaints],
    ['a long file', 'engine/api/a.ts', '\n'.repeat(301), (file) => sizeComplaints(file, {})],
    ['a long function', 'engine/api/a.ts', `function f() {${'\n'.repeat(71)}}`, (file) => sizeComplaints(file, {})],
    ['a vague name', 'engine/api/pod-utils.ts', '', nameComplaints],
    ['no header', 'engine/api/a.ts', 'export const a = 1;', headerComplaints],
    ['a mark', 'engine/api/a.ts', '// TODO later', leftoverComplaints],
    ['a pattern that leaves its line', 'engine/api/a.ts', 'export const A = /^\\s*user/m;', patternComplaints],
    ['any', 'engine/api/a.ts', 'export const a = (b: any) => b;', leftoverComplaints],
  ];
  it.each(cases)('on %s', async (_what, path, text, rule) => {
    expect(await rule(parseSource(path, text))).not.toEqual([]);
  });
  it('but not on a parameter that has a platform name', async () => {
    const file = parseSource('engine/api/a.ts', 'export const f = (process: string, Date: number) => process + Date;');
    expect(await globalComplaints(file)).toEqual([]);
  });
  it('nor on what a module holds and nobody can change', () => {
    const text =
      'export const a: ReadonlyMap<string, number> = new Map(); const b = { c: 1 }; export const f = () => b;';
    expect(moduleStateComplaints(parseSource('engine/api/a.ts', text))).toEqual([]);
  });
});
