/** Modules of src for scripts and their threads: TypeScript as it stands, through Vite. */
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './prepare.mjs';

/** Loads the module at a path (`/src/…`). Nothing listens; `close` lets a process end that has nothing else to do. */
export async function loadSource(path) {
  // Not before dependencies are installed.
  const { createServer } = await import('vite');
  const server = await createServer({
    root,
    server: { middlewareMode: true, ws: false, watch: null },
    logLevel: 'error',
  });
  return { loaded: await server.ssrLoadModule(path), close: () => server.close() };
}

/**
 * Bundles the module at a path into a folder and returns the bundle's address: for long work in several threads. Modules that are loaded as they
 * stand look up each import wherever it is used, and every thread would transform them anew.
 */
export async function bundleSource(path, folder) {
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      ssr: path,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: '[name].js' } },
    },
    ssr: { noExternal: true },
  });
  return pathToFileURL(join(folder, `${basename(path, extname(path))}.js`)).href;
}
