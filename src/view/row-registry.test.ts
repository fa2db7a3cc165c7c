import { expect, test } from 'vitest';
import { KINDS } from '../engine/api/kinds/registry';
import { typeSchema } from '../engine/api/schema';
import { rowOf } from './row-of';
import { ROW_DEFINITIONS } from './row-registry';

test.each(KINDS.map(({ id }) => id))('%s has its place in the drawing, or a reason to have none', (id) => {
  const definition = ROW_DEFINITIONS.get(id);
  expect(definition, 'a line in row-registry.ts').toBeDefined();
  if (definition && 'because' in definition) expect(definition.because).toMatch(/^\S.{15,}/);
});

test.each([...ROW_DEFINITIONS])('%s is a kind, and a row is made of whatever is stored of it', (id, definition) => {
  expect(typeSchema(id)?.get('metadata'), 'a schema').toBeDefined();
  const known = KINDS.find((kind) => kind.id === id);
  const group = known?.group ?? '';
  const apiVersion = group ? `${group}/${known?.version}` : 'v1';
  if (!known) return;
  const least = { spec: { source: {} }, rules: [], roleRef: {} };
  const row = rowOf({ apiVersion, kind: known.kind, metadata: { name: 'x', uid: 'u' }, ...least });
  if (definition.place === 'none') expect(row).toBeUndefined();
  else expect(row).toMatchObject({ id: `${id}/x`, kind: id, name: 'x', uid: 'u' });
});
