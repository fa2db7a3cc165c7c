/** What `npm run mutants` runs against every mutant: the tests of the rooms it changes and of those right above them. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/engine/{runtime,store,client}/**/*.test.ts', 'src/session/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
  },
});
