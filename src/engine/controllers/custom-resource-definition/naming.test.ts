/** Which names are free, and what is said of those that aren't. */
import { expect, test } from 'vitest';
import type { CustomResourceDefinition, CustomResourceDefinitionNames } from '../../api/types';
import { planNaming } from './naming';

const NAMES: CustomResourceDefinitionNames = { plural: 'crons', singular: 'cron', kind: 'Cron', listKind: 'CronList' };

function definition(
  names: Partial<CustomResourceDefinitionNames>,
  acceptedNames: CustomResourceDefinitionNames = { plural: '', kind: '' },
  group = 'a.b',
): CustomResourceDefinition {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `crons.${group}` },
    spec: { group, scope: 'Namespaced', names: { ...NAMES, ...names }, versions: [] },
    status: { acceptedNames, conditions: [], storedVersions: [] },
  };
}

const HOLDER = definition({}, { ...NAMES, shortNames: ['cr', 'ct'] });

test.each<[string, Partial<CustomResourceDefinitionNames>, string, string]>([
  ['nothing taken', { plural: 'p', singular: 's', kind: 'K', listKind: 'KL' }, 'NoConflicts', 'no conflicts found'],
  ['a plural', { singular: 's', kind: 'K', listKind: 'KL' }, 'PluralConflict', '"crons" is already in use'],
  [
    'a plural that is another short name',
    { plural: 'cr', singular: 's', kind: 'K', listKind: 'KL' },
    'PluralConflict',
    '"cr" is already in use',
  ],
  [
    'two short names',
    { plural: 'p', singular: 's', kind: 'K', listKind: 'KL', shortNames: ['cr', 'ok', 'ct'] },
    'ShortNamesConflict',
    '["cr" is already in use, "ct" is already in use]',
  ],
  ['a kind: the last complaint counts', { plural: 'p', listKind: 'KL' }, 'KindConflict', '"Cron" is already in use'],
])('%s', (_name, names, reason, message) => {
  const asking = definition(names);
  const { namesAccepted, established } = planNaming(asking, [HOLDER, asking]);
  const accepted = reason === 'NoConflicts';
  expect(namesAccepted).toEqual({ type: 'NamesAccepted', status: accepted ? 'True' : 'False', reason, message });
  expect(established).toMatchObject({ status: 'False', reason: accepted ? 'Installing' : 'NotAccepted' });
});

test('names of another group are free, and own names stay', () => {
  expect(planNaming(definition({}, undefined, 'c.d'), [HOLDER]).namesAccepted.status).toBe('True');
  const { names, namesAccepted } = planNaming(HOLDER, [HOLDER]);
  expect(namesAccepted.status).toBe('True');
  expect(names).toEqual({ ...NAMES });
});
