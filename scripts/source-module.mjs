/** Modules of src for scripts and their threads: TypeScript as it stands, through Vite. */
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
