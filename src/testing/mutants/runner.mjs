/**
 * How `npm run mutants` runs tests: the files of `unitTests` are bundled once, loaded into this process, and each mutant is met by
 * the tests that reach it, the quickest first, until one fails. Vitest would load the engine anew for each of thousands of
 * mutants, which takes a hundred times as long as most of these tests. That is sound because modules remember nothing (a house rule).
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { declareClassPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner';

const BUNDLE = 'mutants-bundle';
const DURATIONS = 'mutants-durations.json';

/** The test files that a list of files and folders names. */
const filesOf = (places) =>
  places.flatMap((place) => {
    if (place.endsWith('.ts')) return [place];
    const names = readdirSync(place).filter((name) => name.endsWith('.test.ts'));
    return names.sort().map((name) => `${place}/${name}`);
  });

const entryOf = (path) => path.replaceAll('/', '_').replace(/\.ts$/, '');

async function bundle(paths) {
  const { build } = await import('vite');
  const shim = resolve('src/testing/mutants/test-interface.mjs');
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: [{ find: /^vitest$/, replacement: shim }] },
    build: {
      ssr: true,
      outDir: BUNDLE,
      minify: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: { 'test-interface': shim, ...Object.fromEntries(paths.map((path) => [entryOf(path), resolve(path)])) },
        output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunk-[hash].mjs' },
        preserveEntrySignatures: 'strict',
      },
    },
  });
}

/** Implements Stryker's TestRunner. */
class InProcessRunner {
  static inject = ['options'];
  tests = [];
  durations = {};

  constructor(options) {
    this.places = options.unitTests;
    this.leftOut = options.leftOut;
    globalThis.__stryker__ ??= {};
    this.stryker = globalThis.__stryker__;
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init() {
    const paths = filesOf(this.places);
    const load = (name) => import(pathToFileURL(join(resolve(BUNDLE), `${name}.mjs`)).href);
    if (!existsSync(join(BUNDLE, 'test-interface.mjs'))) await bundle(paths);
    const { tests, beginFile } = await load('test-interface');
    for (const path of paths) {
      beginFile(path);
      await load(entryOf(path));
    }
    this.tests = tests.filter(({ name }) => !this.leftOut.some((part) => name.includes(part)));
    if (existsSync(DURATIONS)) this.durations = JSON.parse(readFileSync(DURATIONS, 'utf8'));
  }

  async dryRun() {
    const results = [];
    for (const test of this.tests) {
      this.stryker.currentTestId = test.id;
      results.push(await this.resultOf(test));
      this.stryker.currentTestId = undefined;
    }
    this.durations = Object.fromEntries(results.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
    writeFileSync(DURATIONS, JSON.stringify(this.durations));
    return { status: 'complete', tests: results, mutantCoverage: this.stryker.mutantCoverage };
  }

  async mutantRun({ testFilter, activeMutant, hitLimit }) {
    const wanted = testFilter && new Set(testFilter);
    const found = this.tests.filter(({ id }) => !wanted || wanted.has(id));
    found.sort((a, b) => (this.durations[a.id] ?? 0) - (this.durations[b.id] ?? 0));
    Object.assign(this.stryker, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit ? 0 : undefined });
    const results = [];
    for (const test of found) {
      results.push(await this.resultOf(test));
      if (results.at(-1).status === 1) break;
    }
    const { hitCount } = this.stryker;
    Object.assign(this.stryker, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
    return toMutantRunResult(determineHitLimitReached(hitCount, hitLimit) ?? { status: 'complete', tests: results });
  }

  /** Statuses are Stryker's: 0 succeeded, 1 failed. */
  async resultOf({ id, name, fileName, run }) {
    const begin = performance.now();
    const about = { id, name, fileName: resolve(fileName) };
    try {
      await run();
      return { ...about, status: 0, timeSpentMs: performance.now() - begin };
    } catch (error) {
      const failureMessage = String(error?.message ?? error);
      return { ...about, status: 1, failureMessage, timeSpentMs: performance.now() - begin };
    }
  }
}

/** Texts for people, which no test should repeat word by word: what has a space between words. */
const ignorer = {
  shouldIgnore: ({ node }) => {
    const texts =
      node.type === 'TemplateLiteral'
        ? node.quasis.map(({ value }) => value.raw)
        : node.type === 'StringLiteral'
          ? [node.value]
          : [];
    return texts.some((text) => /[a-z,:;] [a-z]/i.test(text)) ? 'a text for people' : undefined;
  },
};

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner),
  declareValuePlugin(PluginKind.Ignore, 'texts', ignorer),
];

export const strykerValidationSchema = {
  properties: {
    unitTests: { type: 'array', items: { type: 'string' } },
    leftOut: { type: 'array', items: { type: 'string' } },
  },
};
