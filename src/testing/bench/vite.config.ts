/** The benchmarks, bundled for Node. */
import { defineConfig } from 'vite';

const entry = (name: string) => `src/testing/bench/${name}.ts`;

export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist/bench',
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: {
      input: {
        rollout: entry('rollout'),
        'rollout-webernetes': entry('rollout-webernetes'),
        seek: entry('seek'),
        'by-kind': entry('by-kind'),
        traffic: entry('traffic'),
        variants: entry('variants'),
      },
      output: { entryFileNames: '[name].js' },
    },
  },
  ssr: { noExternal: true },
  publicDir: false,
  logLevel: 'error',
});
