import { defineConfig } from 'vite';

/** The command line: one file for Node, with everything in it. */
export default defineConfig({
  build: {
    ssr: 'src/cli/entry.ts',
    outDir: 'dist/cli',
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'main.js' } },
  },
  ssr: { noExternal: true },
  publicDir: false,
  logLevel: 'error',
});
