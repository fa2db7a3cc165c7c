/**
 * What a controller writes into the status of Gateway API objects that it serves: GatewayClass accepted, Gateway and its listeners accepted and
 * programmed with the routes attached to each, HTTPRoute accepted by its parents. Pure.
 * Follows the Gateway API's reference (v1) and conformance tests. Left out: addresses, conflicts between listeners, routes that another namespace may not attach.
 */
import type { KubeObject } from '../../api/meta';
import { type BackendRef, GATEWAY_GROUP, type IsGranted, listenersOf, type ParentRef } from './from-gateway';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration: number;
  readonly lastTransitionTime: string;
}

interface ParentStatus {
  readonly parentRef: ParentRef;
  readonly controllerName: string;
  readonly conditions: readonly Condition[];
}

type Verdict = readonly [type: string, holds: boolean, reason: string];

/** Conditions with the time at which each last changed. */
function conditions(
  verdicts: readonly Verdict[],
  before: readonly Condition[] = [],
  generation: number,
  now: string,
): Condition[] {
  return verdicts.map(([type, holds, reason]) => {
    const status = holds ? 'True' : 'False';
    const known = before.find((one) => one.type === type);
    const lastTransitionTime = known?.status === status ? known.lastTransitionTime : now;
    return { type, status, reason, message: '', observedGeneration: generation, lastTransitionTime };
  });
}

/** The controller that a GatewayClass names. */
export const controllerNameOf = (found: KubeObject | undefined): string =>
  (found?.spec as { controllerName?: string } | undefined)?.controllerName ?? '';

const generationOf = ({ metadata }: KubeObject): number => metadata.generation ?? 1;

/** Of a GatewayClass. */
export function classStatus(found: KubeObject, now: string): object {
  const { status = {} } = found as { status?: { conditions?: readonly Condition[] } };
  return {
    ...status,
    conditions: conditions([['Accepted', true, 'Accepted']], status.conditions, generationOf(found), now),
  };
}

const parentsOf = ({ spec }: KubeObject): readonly ParentRef[] =>
  (spec as { parentRefs?: readonly ParentRef[] } | undefined)?.parentRefs ?? [];

const isParent = (
  route: KubeObject,
  { namespace = route.metadata.namespace, name }: ParentRef,
  { metadata }: KubeObject,
): boolean => name === metadata.name && namespace === metadata.namespace;

/** Of a Gateway. `routes` are all HTTPRoutes. */
export function gatewayStatus(gateway: KubeObject, routes: readonly KubeObject[], now: string): object {
  const { status = {} } = gateway as {
    status?: { conditions?: Condition[]; listeners?: { name: string; conditions?: Condition[] }[] };
  };
  const generation = generationOf(gateway);
  const fine: Verdict[] = [
    ['Accepted', true, 'Accepted'],
    ['Programmed', true, 'Programmed'],
  ];
  return {
    ...status,
    conditions: conditions(fine, status.conditions, generation, now),
    listeners: listenersOf(gateway).map(({ name = '' }) => ({
      name,
      supportedKinds: [{ group: GATEWAY_GROUP, kind: 'HTTPRoute' }],
      attachedRoutes: routes.filter((route) =>
        parentsOf(route).some((parent) => isParent(route, parent, gateway) && (parent.sectionName ?? name) === name),
      ).length,
      conditions: conditions(
        [...fine, ['ResolvedRefs', true, 'ResolvedRefs']],
        status.listeners?.find((one) => one.name === name)?.conditions,
        generation,
        now,
      ),
    })),
  };
}

/** Of an HTTPRoute: what this controller says, beside what others have said. `hasService` tells which Services are there. */
export function routeStatus(
  route: KubeObject,
  gateways: readonly KubeObject[],
  controllerName: string,
  hasService: (namespace: string, name: string) => boolean,
  isGranted: IsGranted,
  now: string,
): object {
  const { status = {} } = route as { status?: { parents?: readonly ParentStatus[] } };
  const { parents = [] } = status;
  const { namespace: own = '' } = route.metadata;
  const { rules = [] } = (route.spec ?? {}) as {
    rules?: readonly {
      backendRefs?: readonly BackendRef[];
      filters?: readonly { requestMirror?: { backendRef: BackendRef } }[];
    }[];
  };
  const refs = rules.flatMap(({ backendRefs = [], filters = [] }) => [
    ...backendRefs,
    ...filters.flatMap(({ requestMirror }) => (requestMirror ? [requestMirror.backendRef] : [])),
  ]);
  const problems = refs.flatMap(({ name, namespace = own }) =>
    namespace !== own && !isGranted(own, namespace, name)
      ? ['RefNotPermitted']
      : hasService(namespace, name)
        ? []
        : ['BackendNotFound'],
  );
  const [problem] = problems;
  const ownParents = parentsOf(route).flatMap((parentRef): ParentStatus[] => {
    const gateway = gateways.find((one) => isParent(route, parentRef, one));
    if (!gateway) return [];
    const { sectionName } = parentRef;
    const isThere = sectionName === undefined || listenersOf(gateway).some(({ name }) => name === sectionName);
    const before = parents.find(
      (one) => one.controllerName === controllerName && JSON.stringify(one.parentRef) === JSON.stringify(parentRef),
    );
    const verdicts: Verdict[] = [
      ['Accepted', isThere, isThere ? 'Accepted' : 'NoMatchingParent'],
      ['ResolvedRefs', problem === undefined, problem ?? 'ResolvedRefs'],
    ];
    return [
      { parentRef, controllerName, conditions: conditions(verdicts, before?.conditions, generationOf(route), now) },
    ];
  });
  return { ...status, parents: [...parents.filter((one) => one.controllerName !== controllerName), ...ownParents] };
}
