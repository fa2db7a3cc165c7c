/** A shape as JSON Schema (draft 7), for the editor's completion and hover texts. */
import type { Shape } from './shape';

/** A JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const DURATION_HINT = '(a duration such as 500ms or 1m30s)';

function described(shape: Shape): JsonSchema {
  if (shape.about === undefined) return {};
  return { description: shape.type === 'duration' ? `${shape.about} ${DURATION_HINT}` : shape.about };
}

function bodyOf(shape: Shape, definitions: Map<string, JsonSchema>): JsonSchema {
  switch (shape.type) {
    case 'string':
      return { type: 'string' };
    case 'scalar':
      return { type: ['string', 'number', 'boolean'] };
    case 'duration':
      return { type: ['string', 'integer'] };
    case 'boolean':
    case 'integer':
      return { type: shape.type };
    case 'any':
      return {};
    case 'map':
      return {
        type: 'object',
        ...(shape.known ? { properties: schemasOf(shape.known, definitions) } : {}),
        additionalProperties: schemaOf(shape.of, definitions),
      };
    case 'list':
      return { type: 'array', items: schemaOf(shape.of, definitions) };
    case 'oneOf':
      return { anyOf: shape.of.map((one) => schemaOf(one, definitions)) };
    case 'enum':
      return { enum: shape.values };
    case 'object':
      return objectSchema(shape, definitions);
  }
}

const schemasOf = (shapes: Readonly<Record<string, Shape>>, definitions: Map<string, JsonSchema>): JsonSchema =>
  Object.fromEntries(Object.entries(shapes).map(([key, shape]) => [key, schemaOf(shape, definitions)]));

function objectSchema(
  { fields, required }: Extract<Shape, { type: 'object' }>,
  definitions: Map<string, JsonSchema>,
): JsonSchema {
  return {
    type: 'object',
    properties: schemasOf(fields, definitions),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

/** The schema of a shape; shapes with a name go to `definitions` and are referred to. */
export function schemaOf(shape: Shape, definitions: Map<string, JsonSchema>): JsonSchema {
  const name = shape.type === 'object' ? shape.name : undefined;
  if (name === undefined) return { ...bodyOf(shape, definitions), ...described(shape) };
  definitions.set(name, { ...bodyOf(shape, definitions), ...described(shape) });
  return { $ref: `#/definitions/${name}` };
}
