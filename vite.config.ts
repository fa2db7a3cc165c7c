import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { type Plugin, runnerImport } from 'vite';
import { defineConfig } from 'vitest/config';
import { lessonHeads } from './src/cli/lesson-heads.ts';
import { offline } from './src/cli/offline.ts';
import { SlowFirst } from './src/testing/slow-first.ts';

const noFormatter = fileURLToPath(new URL('./src/ui/editor/no-formatter.ts', import.meta.url));

const serviceWorker = new URL('./src/ui/offline/service-worker.js', import.meta.url);

/** The development server writes scripts into the page, which the built page's policy forbids. */
const withoutPolicyInDevelopment: Plugin = {
  name: 'without-policy-in-development',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/** What is found out by running the engine when the page is built: what it shows before its engine is there, and pictures of the gallery. */
const RUNS = {
  '?first-view': async () =>
    (await runnerImport<typeof import('./src/worker/first-view')>('/src/worker/first-view.ts', RUN)).module.FIRST_VIEW,
  '?pictures': async () =>
    (await runnerImport<typeof import('./src/worker/gallery-pictures')>('/src/worker/gallery-pictures.ts', RUN)).module
      .PICTURES,
};
const RUN = { configFile: false } as const;

const runs: Plugin = {
  name: 'runs',
  enforce: 'pre',
  load: async (id) => {
    const run = Object.entries(RUNS).find(([query]) => id.endsWith(query))?.[1];
    return run && `export default JSON.parse(${JSON.stringify(JSON.stringify(await run()))})`;
  },
};

/** Notes for bundlers are of no use to browsers, licences stay. */
const WITHOUT_NOTES = { annotation: false } as const;

export default defineConfig({
  base: './',
  plugins: [react(), withoutPolicyInDevelopment, lessonHeads, runs, offline(serviceWorker)],
  resolve: {
    alias: [
      // monaco-yaml's dependencies import Monaco by the paths it had before 0.56.
      { find: /^monaco-editor\/esm\/vs\/(.*?)(\.js)?$/, replacement: 'monaco-editor/$1' },
      // The editor offers no formatting, and prettier is two fifths of the YAML worker.
      { find: /^prettier\/(standalone|plugins\/(yaml|estree))$/, replacement: noFormatter },
    ],
  },
  worker: {
    format: 'es',
    // The engine by itself, so that its size can be watched and it stays cached when only kubectl changes.
    rolldownOptions: {
      output: {
        comments: WITHOUT_NOTES,
        codeSplitting: {
          groups: [
            { name: 'yaml', test: /\/node_modules\/yaml\//, priority: 1 },
            { name: 'libraries', test: /\/node_modules\/(re2js|@noble|diff)\//, priority: 1 },
            // The list of simplifications is loaded when somebody asks for it, and what only kubectl merges goes with it.
            { name: 'engine', test: /\/src\/engine\/(?!limits|simplifications|api\/patch\/three-way)/ },
          ],
        },
      },
    },
  },
  // The editor's chunk is large on purpose and loaded late; see src/ui/editor/editor-panel.tsx.
  build: {
    outDir: 'dist/page',
    chunkSizeWarningLimit: 4500,
    rolldownOptions: {
      output: {
        comments: WITHOUT_NOTES,
        codeSplitting: {
          groups: [
            // Monaco's parts would take it with them.
            { name: 'preload-helper', test: /vite\/preload-helper/, priority: 1 },
            // In the order in which src/ui/editor/monaco-parts.ts takes them.
            { name: 'monaco-base', test: /\/monaco-editor\/esm\/(external|vs\/(base|nls))/ },
            { name: 'monaco-platform', test: /\/monaco-editor\/esm\/vs\/platform\// },
            { name: 'monaco-common', test: /\/monaco-editor\/esm\/vs\/editor\/common\// },
            { name: 'monaco-browser', test: /\/monaco-editor\/esm\/vs\/editor\/browser\// },
            { name: 'monaco-contrib', test: /\/monaco-editor\/esm\/vs\/editor\/contrib\// },
          ],
        },
      },
    },
  },
  // No test is timed: the limit is only there to end a run that hangs.
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    environment: 'node',
    testTimeout: 120_000,
    // Loading the engine anew for each file would take most of the time. Only the stores of the page hold state: tests that use them reset them.
    isolate: false,
    // Nothing else runs beside them: on two cores the default is one worker.
    maxWorkers: '100%',
    sequence: { sequencer: SlowFirst },
  },
});
