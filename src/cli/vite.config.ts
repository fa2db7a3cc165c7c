/** The command line: one file for Node, with everything in it. */
import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    ssr: 'src/cli/entry.ts',
    outDir: 'dist/cli',
    // Another process may be running what is there.
    emptyOutDir: false,
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'main.js' } },
  },
  ssr: { noExternal: true },
  publicDir: false,
  logLevel: 'error',
});
