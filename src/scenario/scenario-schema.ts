/** The Scenario document as JSON Schema definitions, for the editor. */
import { SCENARIO_SHAPE } from './scenario-shape';
import { type JsonSchema, schemaOf } from './schema-of-shape';

/** The definitions that the editor's schema has of this room, by name. */
export function scenarioDefinitions(): Readonly<Record<string, JsonSchema>> {
  const definitions = new Map<string, JsonSchema>();
  schemaOf(SCENARIO_SHAPE, definitions);
  return Object.fromEntries(definitions);
}
