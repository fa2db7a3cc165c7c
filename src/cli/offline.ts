/**
 * Writes the service worker of a built page: a name for the whole of it, which files there are, and src/ui/offline/service-worker.js. Another
 * release has another name, which is how browsers notice it.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const NAME = 'service-worker.js';
/** What no visit needs: fonts for browsers without workers, a picture for README. */
const NOT_KEPT = /\.woff$|^screenshot\.png$/;

/** The head of the script for files of some names and contents. */
export function headOf(files: readonly (readonly [name: string, content: Uint8Array])[], script: string): string {
  const kept = files.filter(([name]) => !NOT_KEPT.test(name) && name !== NAME);
  const sorted = [...kept].sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256').update(script);
  for (const [name, content] of sorted) hash.update(name).update(content);
  const release = hash.digest('hex').slice(0, 16);
  return `const RELEASE = '${release}';\nconst FILES = ${JSON.stringify(sorted.map(([name]) => name))};\n`;
}

/** See the header. `script` is what follows the head. */
export function offline(script: URL): Plugin {
  let folder = '';
  return {
    name: 'offline',
    apply: 'build',
    configResolved: (config) => {
      folder = `${config.root}/${config.build.outDir}`;
    },
    closeBundle: () => {
      const names = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => `${parentPath.replaceAll('\\', '/')}/${name}`.slice(folder.length + 1));
      const source = readFileSync(script, 'utf8');
      const files = names.map((name) => [name, readFileSync(`${folder}/${name}`)] as const);
      writeFileSync(`${folder}/${NAME}`, headOf(files, source) + source);
    },
  };
}
