/**
 * The JSON Schema definitions of the Scenario and Lesson documents, made from the shapes that they are checked with (src/scenario/*-shape.ts).
 * With --write they replace those in the editor's schema.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const load = async (path) => (await runnerImport(fileURLToPath(new URL(path, import.meta.url)))).module;

export const { SCENARIO_API_VERSION } = await load('../src/scenario/document-shape.ts');
export const scenarioDefinitions = (await load('../src/scenario/scenario-schema.ts')).scenarioDefinitions();

if (process.argv.includes('--write')) {
  const file = new URL('../src/ui/editor/schemas.generated.json', import.meta.url);
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  Object.assign(schema.definitions, scenarioDefinitions);
  writeFileSync(file, `${JSON.stringify(schema)}\n`);
}
