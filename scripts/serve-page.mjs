/** The built page on a server of its own, for the commands that look at it in a browser. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const PACKED = new Set(Object.keys(TYPES));

/** Where `npm run build` puts the page. */
export const BUILT = fileURLToPath(new URL('../dist/page/', import.meta.url));

/** Stops the process when a folder holds no built page. */
export function needBuilt(folder) {
  if (existsSync(join(folder, 'index.html'))) return;
  console.error(`There is no built page in ${folder}: run npm run build first.`);
  process.exit(1);
}

/** Serves the page packed, each file once, as hosts do, and keeps the size of every answer. */
export async function servePage(folder) {
  const sent = new Map();
  const bodies = new Map();
  const bodyOf = (file, packed) => {
    if (!bodies.has(file)) bodies.set(file, packed ? gzipSync(readFileSync(file)) : readFileSync(file));
    return bodies.get(file);
  };
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    const type = extname(file);
    const packed = PACKED.has(type);
    const body = bodyOf(file, packed);
    sent.set(path, body.length);
    response.writeHead(200, {
      'content-type': TYPES[type] ?? 'application/octet-stream',
      ...(packed ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, resolve));
  return { address: `http://localhost:${server.address().port}/`, sent, close: () => server.close() };
}

/**
 * The fragment of a link to a text, packed as builds before this one read it too (src/scenario/link-packing.ts); without a moment the page
 * plays it from the beginning.
 */
export function linkOf(text) {
  const deflated = deflateRawSync(JSON.stringify({ v: 2, text }), { level: 9 });
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(deflated, crc32('c')));
  return `#s=c${Buffer.concat([deflated, check]).toString('base64url')}`;
}
