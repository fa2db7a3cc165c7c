/**
 * `npm run coverage`: every concept of the list with the lessons and scenarios that show it. Exits with 1 when one that must be shown is nowhere.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const source = (path) => new URL(`../src/${path}`, import.meta.url);
const load = async (path, config) => (await runnerImport(fileURLToPath(source(path)), config)).module;
const read = (name) => readFileSync(source(`lessons/coverage/${name}`), 'utf8');

const { coverageOf, isMissing, readConcepts, readShows } = await load('lessons/coverage/coverage.ts');
const { readGlossary } = await load('lessons/glossary/glossary.ts');
const { lessonHeads } = await load('cli/lesson-heads.ts');
const { LESSONS } = await load('lessons/index.ts', { plugins: [lessonHeads] });
const lessons = LESSONS.map(({ track, name, concepts }) => ({ name: `${track}/${name}`, concepts }));

const { terms } = readGlossary(readFileSync(source('lessons/glossary/terms.txt'), 'utf8'));
const rows = coverageOf(readConcepts(read('concepts.txt')), lessons, readShows(read('scenarios.txt')));
for (const { id, scope, title, lessons: taught, scenarios } of rows) {
  const told = terms.filter(({ concepts }) => concepts.includes(id)).map(({ names }) => `glossary: ${names[0]}`);
  const where = [...taught, ...scenarios.map((name) => `scenario ${name}`), ...told].join(', ') || 'NOWHERE';
  console.log(`${id.padEnd(4)} ${scope.padEnd(4)} ${title} → ${where}`);
}
const missing = rows.filter(isMissing).length;
const needed = rows.filter(({ scope }) => scope !== 'out').length;
console.log(`\n${needed - missing} of ${needed} are taught or shown.`);
process.exitCode = missing > 0 ? 1 : 0;
