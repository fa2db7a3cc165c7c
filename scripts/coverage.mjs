/**
 * `npm run coverage`: every concept of the list with the lessons and scenarios that show it. Exits with 1 when one that must be shown is nowhere.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { parseAllDocuments } from 'yaml';

const lessonsFolder = new URL('../src/lessons/', import.meta.url);
const read = (name) => readFileSync(new URL(`coverage/${name}`, lessonsFolder), 'utf8');
const { coverageOf, isMissing, readConcepts, readShows } = (
  await runnerImport(fileURLToPath(new URL('coverage/coverage.ts', lessonsFolder)))
).module;

function* lessons() {
  for (const { name: track } of readdirSync(lessonsFolder, { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  )) {
    const folder = new URL(`${track}/`, lessonsFolder);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
      const documents = parseAllDocuments(readFileSync(new URL(file, folder), 'utf8')).map((one) => one.toJS());
      const { concepts = [] } = documents.find((one) => one?.kind === 'Lesson')?.spec ?? {};
      yield { name: `${track}/${file.replace('.yaml', '')}`, concepts };
    }
  }
}

const rows = coverageOf(readConcepts(read('concepts.txt')), [...lessons()], readShows(read('scenarios.txt')));
for (const { id, scope, title, lessons: taught, scenarios } of rows) {
  const places = [...taught, ...scenarios.map((name) => `scenario ${name}`)];
  const where = places.join(', ') || (scope === 'out' ? '(glossary)' : 'NOWHERE');
  console.log(`${id.padEnd(4)} ${scope.padEnd(4)} ${title} → ${where}`);
}
const missing = rows.filter(isMissing).length;
const needed = rows.filter(({ scope }) => scope !== 'out').length;
console.log(`\n${needed - missing} of ${needed} are taught or shown.`);
process.exitCode = missing > 0 ? 1 : 0;
