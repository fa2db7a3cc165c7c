/**
 * What expressions of policies and webhooks may name, and what is known of it.
 * Follows apiserver/pkg/admission/plugin/cel/compile.go (BuildRequestType, BuildNamespaceType).
 */
import type { CelShape } from '../cel/cel';

const of = (type: string): CelShape => ({ type });
const TEXT = of('string');
const fieldsOf = (fields: Readonly<Record<string, CelShape | undefined>>): CelShape => ({
  fields: new Map(Object.entries(fields)),
});
const texts = (names: string): Readonly<Record<string, CelShape>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, TEXT]));

const KIND = fieldsOf(texts('group version kind'));
const RESOURCE = fieldsOf(texts('group version resource'));
const TEXTS: CelShape = { each: TEXT };

const REQUEST = fieldsOf({
  ...texts('subResource requestSubResource name namespace operation'),
  kind: KIND,
  resource: RESOURCE,
  requestKind: KIND,
  requestResource: RESOURCE,
  userInfo: fieldsOf({ ...texts('username uid'), groups: TEXTS, extra: { each: TEXTS } }),
  dryRun: of('bool'),
  options: undefined,
});

const NAMESPACE = fieldsOf({
  metadata: fieldsOf({
    ...texts('name generateName namespace UID resourceVersion'),
    labels: TEXTS,
    annotations: TEXTS,
    creationTimestamp: undefined,
    deletionGracePeriodSeconds: of('int'),
    deletionTimestamp: undefined,
    generation: of('int'),
    finalizers: TEXTS,
  }),
  spec: fieldsOf({ finalizers: TEXTS }),
  status: fieldsOf({ conditions: undefined, phase: TEXT }),
});

/** Whatever it is: nothing is known before it is there. */
const DYN = of('dyn');

/** Names with what is known of them; `variables` are those of a policy, as far as it is read. */
export function policyNames(
  hasParams: boolean,
  variables: ReadonlyMap<string, CelShape | undefined> | undefined,
): ReadonlyMap<string, CelShape | undefined> {
  return new Map<string, CelShape | undefined>([
    ['object', DYN],
    ['oldObject', DYN],
    ['request', REQUEST],
    ['namespaceObject', NAMESPACE],
    ['authorizer', undefined],
    ...(hasParams ? [['params', DYN] as const] : []),
    ...(variables ? [['variables', { fields: variables }] as const] : []),
  ]);
}
