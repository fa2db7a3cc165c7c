/** `npm start`: installs what is missing, builds the page, serves it and prints its address. */
import { ensureInstalled, root } from './prepare.mjs';

ensureInstalled();
const { build, preview } = await import('vite');
console.log('Building …');
await build({ root, logLevel: 'error' });
const server = await preview({
  root,
  preview: { port: Number(process.env.PORT ?? 4173), host: process.env.HOST ?? 'localhost' },
});
const [address] = server.resolvedUrls?.local ?? [];
console.log(`Kubestep is at ${address} (stop it with Ctrl+C)`);
