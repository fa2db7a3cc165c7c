/** The Scenario and Lesson documents as JSON Schema definitions, for the editor. */
import { LESSON_SHAPE } from './lesson-shape';
import { SCENARIO_SHAPE } from './scenario-shape';
import { type JsonSchema, schemaOf } from './schema-of-shape';

/** The definitions that the editor's schema has of this room, by name. */
export function scenarioDefinitions(): Readonly<Record<string, JsonSchema>> {
  const definitions = new Map<string, JsonSchema>();
  schemaOf(SCENARIO_SHAPE, definitions);
  schemaOf(LESSON_SHAPE, definitions);
  return Object.fromEntries(definitions);
}
