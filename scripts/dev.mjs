/** `npm run dev`: the page with live reload while working on it. */
import { ensureInstalled, root } from './prepare.mjs';

ensureInstalled();
const { createServer } = await import('vite');
const server = await createServer({ root });
await server.listen();
server.printUrls();
