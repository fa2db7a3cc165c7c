/**
 * What the expressions of a policy get wrong about the types that it is for, as its status tells.
 * Follows apiserver/pkg/admission/plugin/policy/validating/typechecking.go. Left out: comparisons of whole objects.
 */
import { AUTHORIZER_FUNCTIONS } from '../cel/authorizer';
import { type CelShape, compileCel } from '../cel/cel';
import { typeShape } from '../cel/type-shapes';
import { shapeOf as customShape } from '../custom-resources/rule-shapes';
import type { Discovery } from '../discovery';
import type { KindDefinition } from '../kinds/definition';
import type { ExpressionWarning, NamedRuleWithOperations, ValidatingAdmissionPolicySpec } from '../types';
import { policyNames } from './policy-shapes';

/** Rules are gone through until one of them names so many types. */
const MAX_TYPES = 10;

const isOpen = (names: readonly string[]): boolean => names.some((name) => name.includes('*'));

/** The kinds that a resource of a rule stands for. No group is any group: with it a look-up of the mapper of resources is not a full one. */
const kindsNamed = ({ served }: Discovery, group: string, version: string, resource: string): KindDefinition[] =>
  served.filter(
    (one) =>
      (group === '' || one.group === group) &&
      one.version === version &&
      [one.plural, one.singular].includes(resource.toLowerCase()),
  );

/** The kinds that rules name, in order; none of a rule where a group or version may be any. */
function kindsOf(rules: readonly NamedRuleWithOperations[], discovery: Discovery): KindDefinition[] {
  const found = new Set<KindDefinition>();
  for (const { apiGroups = [], apiVersions = [], resources = [] } of rules) {
    if (isOpen(apiGroups) || isOpen(apiVersions)) continue;
    const plain = resources.filter((resource) => !/[*/]/.test(resource)).sort();
    const versions = [...apiVersions].sort();
    const named = [...apiGroups]
      .sort()
      .flatMap((group) =>
        versions.flatMap((version) => plain.flatMap((name) => kindsNamed(discovery, group, version, name))),
      )
      .slice(0, MAX_TYPES);
    for (const kind of named) found.add(kind);
    if (named.length === MAX_TYPES) break;
  }
  const rank = ({ group, version, kind }: KindDefinition): string => `${group} ${version} ${kind}`;
  return [...found].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

const nameOf = ({ group, version, kind }: KindDefinition): string => `${group}/${version}, Kind=${kind}`;

function shapeOf(kind: KindDefinition | undefined): CelShape | undefined {
  if (!kind?.schema) return kind && typeShape(kind.type);
  return customShape(kind.schema as Parameters<typeof customShape>[0], true);
}

/** Names with what is known of them where a policy is asked about objects of a kind. */
function namesFor(
  spec: ValidatingAdmissionPolicySpec,
  object: CelShape,
  params: CelShape | undefined,
): ReadonlyMap<string, CelShape | undefined> {
  const known = (variables?: ReadonlyMap<string, CelShape | undefined>): Map<string, CelShape | undefined> => {
    const names = new Map(policyNames(spec.paramKind !== undefined, variables)).set('object', object);
    names.set('oldObject', object);
    return params ? names.set('params', params) : names;
  };
  if (!spec.variables?.length) return known();
  const variables = new Map<string, CelShape | undefined>();
  for (const { name = '', expression = '' } of spec.variables) {
    const compiled = compileCel(expression, { variables: known(variables), functions: AUTHORIZER_FUNCTIONS });
    variables.set(name, 'problem' in compiled ? { type: 'dyn' } : compiled.shape);
  }
  return known(variables);
}

/** Every expression that does not fit a type, in their order. */
export function typeWarnings(spec: ValidatingAdmissionPolicySpec, discovery: Discovery): ExpressionWarning[] {
  const { apiVersion = '', kind = '' } = spec.paramKind ?? {};
  const params = shapeOf(kind ? discovery.findKind(apiVersion, kind) : undefined);
  const checks = kindsOf(spec.matchConstraints?.resourceRules ?? [], discovery).flatMap((one) => {
    const object = shapeOf(one);
    return object ? [{ name: nameOf(one), names: namesFor(spec, object, params) }] : [];
  });
  return (spec.validations ?? []).flatMap(({ expression, messageExpression }, index) =>
    Object.entries({ expression, messageExpression }).flatMap(([field, text]) => {
      if (!text) return [];
      const said = checks.flatMap(({ name, names }) => {
        const compiled = compileCel(text, { variables: names, functions: AUTHORIZER_FUNCTIONS });
        return 'problem' in compiled ? [`${name}: ${compiled.problem}\n`] : [];
      });
      return said.length > 0 ? [{ fieldRef: `spec.validations[${index}].${field}`, warning: said.join('\n') }] : [];
    }),
  );
}
