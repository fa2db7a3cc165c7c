/**
 * Which of the names that a CustomResourceDefinition wants are free within its group. Pure.
 * Follows calculateNamesAndConditions in apiextensions-apiserver/pkg/controller/status/naming_controller.go.
 */
import { deepEqual } from '../../api/plain';
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionCondition,
  CustomResourceDefinitionNames,
} from '../../api/types';

/** A condition without its time. */
export type PlainCondition = Omit<CustomResourceDefinitionCondition, 'lastTransitionTime'>;

/** What naming comes to. */
export interface Naming {
  readonly names: CustomResourceDefinitionNames;
  readonly namesAccepted: PlainCondition;
  readonly established: PlainCondition;
}

/** A condition of a definition. */
export function conditionOf(
  { status }: CustomResourceDefinition,
  type: string,
): CustomResourceDefinitionCondition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

interface Taken {
  readonly resources: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
}

/** Names that definitions of a group hold, the asking one's own among them. */
function takenIn(definitions: readonly CustomResourceDefinition[], group: string): Taken {
  const accepted = definitions
    .filter(({ spec }) => spec.group === group)
    .map(({ status }) => status?.acceptedNames ?? { plural: '', kind: '' });
  return {
    resources: new Set(
      accepted.flatMap(({ plural, singular = '', shortNames = [] }) => [plural, singular, ...shortNames]),
    ),
    kinds: new Set(accepted.flatMap(({ kind, listKind = '' }) => [kind, listKind])),
  };
}

/** What is wrong with a wanted name; undefined when it is held already or free. */
function conflict(wanted = '', held = '', taken: ReadonlySet<string>): string | undefined {
  return wanted === held || !taken.has(wanted) ? undefined : `${JSON.stringify(wanted)} is already in use`;
}

function shortNamesConflict(wanted: readonly string[], held: readonly string[], taken: Taken): string | undefined {
  if (deepEqual(wanted, held)) return undefined;
  const problems = wanted
    .filter((name) => !held.includes(name))
    .flatMap((name) => conflict(name, '', taken.resources) ?? []);
  return problems.length > 1 ? `[${problems.join(', ')}]` : problems[0];
}

/** Decides. `definitions` are all there are. */
export function planNaming(
  definition: CustomResourceDefinition,
  definitions: readonly CustomResourceDefinition[],
): Naming {
  const taken = takenIn(definitions, definition.spec.group);
  const wanted = definition.spec.names;
  const held: CustomResourceDefinitionNames = definition.status?.acceptedNames ?? { plural: '', kind: '' };
  const problems: Readonly<Record<string, string | undefined>> = {
    Plural: conflict(wanted.plural, held.plural, taken.resources),
    Singular: conflict(wanted.singular, held.singular, taken.resources),
    ShortNames: shortNamesConflict(wanted.shortNames ?? [], held.shortNames ?? [], taken),
    Kind: conflict(wanted.kind, held.kind, taken.kinds),
    ListKind: conflict(wanted.listKind, held.listKind, taken.kinds),
  };
  const names: CustomResourceDefinitionNames = {
    kind: problems.Kind ? held.kind : wanted.kind,
    listKind: problems.ListKind ? held.listKind : wanted.listKind,
    plural: problems.Plural ? held.plural : wanted.plural,
    shortNames: problems.ShortNames ? held.shortNames : wanted.shortNames,
    singular: problems.Singular ? held.singular : wanted.singular,
    categories: wanted.categories,
  };
  const last = Object.keys(problems).findLast((name) => problems[name]);
  const namesAccepted: PlainCondition = last
    ? { type: 'NamesAccepted', status: 'False', reason: `${last}Conflict`, message: problems[last] as string }
    : { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' };
  return { names: withoutAbsent(names), namesAccepted, established: establishedAfter(definition, last === undefined) };
}

function withoutAbsent(names: CustomResourceDefinitionNames): CustomResourceDefinitionNames {
  const present = Object.entries(names).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as unknown as CustomResourceDefinitionNames;
}

function establishedAfter(definition: CustomResourceDefinition, isAccepted: boolean): PlainCondition {
  const before = conditionOf(definition, 'Established');
  if (before?.status !== 'True' && isAccepted) {
    const message = 'the initial names have been accepted';
    return { type: 'Established', status: 'False', reason: 'Installing', message };
  }
  if (before) return before;
  return { type: 'Established', status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' };
}
