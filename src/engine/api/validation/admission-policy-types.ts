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

/** At most so many types are looked at for a rule. */
const MAX_TYPES = 10;

const isOpen = (names: readonly string[]): boolean => names.some((name) => name.includes('*'));

/** The kinds that a rule names; none where a group or version may be any. */
function kindsOf(rule: NamedRuleWithOperations, discovery: Discovery): KindDefinition[] {
  const { apiGroups = [], apiVersions = [], resources = [] } = rule;
  if (isOpen(apiGroups) || isOpen(apiVersions)) return [];
  const plain = resources.filter((resource) => !/[*/]/.test(resource)).sort();
  return [...apiGroups]
    .sort()
    .flatMap((group) =>
      [...apiVersions]
        .sort()
        .flatMap((version) => plain.flatMap((plural) => discovery.findResource(group, version, plural) ?? [])),
    )
    .slice(0, MAX_TYPES);
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
  const kinds = (spec.matchConstraints?.resourceRules ?? []).flatMap((rule) => kindsOf(rule, discovery));
  const { apiVersion = '', kind = '' } = spec.paramKind ?? {};
  const params = shapeOf(kind ? discovery.findKind(apiVersion, kind) : undefined);
  const checks = [...new Map(kinds.map((one) => [nameOf(one), one]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, one]) => {
      const object = shapeOf(one);
      return object ? [{ name, names: namesFor(spec, object, params) }] : [];
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
