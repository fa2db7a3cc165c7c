/** End-to-end tests: the built page, served as `npm start` serves it, in a real Chromium. No retries: a flaky test is a defect. */
import { defineConfig } from '@playwright/test';

const port = Number(process.env.KUBESTEP_E2E_PORT ?? 4199);

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  retries: 0,
  // Test by test, not file by file: the longest file would run alone at the end.
  fullyParallel: true,
  workers: 2,
  timeout: 90_000,
  // Only a test that fails waits so long; a busy machine needs more than an idle one.
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json']],
  use: {
    baseURL: `http://localhost:${port}/`,
    actionTimeout: 15_000,
    // It would fetch everything once more in every test; offline.spec.ts is about it.
    serviceWorkers: 'block',
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    hasTouch: false,
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        '--no-sandbox',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    cwd: '..',
    port,
    reuseExistingServer: false,
  },
});
