/**
 * What a controller writes into the status of Gateway API objects that it serves: GatewayClass accepted, Gateway and its listeners accepted and
 * programmed with the routes attached to each, HTTPRoute accepted by its parents. Pure.
 * Follows the Gateway API's reference (v1) and conformance tests. Left out: addresses, conflicts between listeners, routes that another namespace may not attach.
 */
import type { KubeObject } from '../../api/meta';
import type { CertificateProblem } from './certificates';
import { type BackendRef, GATEWAY_GROUP, type GatewaySurroundings, listenersOf, type ParentRef } from './from-gateway';
import type { Flavour } from './from-ingress';

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

/** A listener that lacks something: NGINX Gateway Fabric does not accept it at all. */
const listenerVerdicts = (problem: CertificateProblem | undefined, flavour: Flavour): Verdict[] => [
  [
    'Accepted',
    problem === undefined || flavour === 'traefik',
    problem && flavour === 'nginx' ? problem.reason : 'Accepted',
  ],
  ['Programmed', problem === undefined, problem ? 'Invalid' : 'Programmed'],
  ['ResolvedRefs', problem === undefined, problem?.reason ?? 'ResolvedRefs'],
];

/** Of a Gateway. `routes` are all HTTPRoutes. */
export function gatewayStatus(
  gateway: KubeObject,
  routes: readonly KubeObject[],
  { problemOf, flavour }: Pick<GatewaySurroundings, 'problemOf' | 'flavour'>,
  now: string,
): object {
  const { status = {} } = gateway as {
    status?: { conditions?: Condition[]; listeners?: { name: string; conditions?: Condition[] }[] };
  };
  const generation = generationOf(gateway);
  const listeners = listenersOf(gateway).map((one) => ({ name: one.name ?? '', problem: problemOf(gateway, one) }));
  const isWhole = listeners.every(({ problem }) => problem === undefined);
  const hasAny = isWhole || listeners.some(({ problem }) => problem === undefined);
  const verdicts: Verdict[] = [
    ['Accepted', hasAny, isWhole ? 'Accepted' : 'ListenersNotValid'],
    ['Programmed', hasAny, hasAny ? 'Programmed' : 'Invalid'],
  ];
  return {
    ...status,
    conditions: conditions(verdicts, status.conditions, generation, now),
    listeners: listeners.map(({ name, problem }) => ({
      name,
      supportedKinds: [{ group: GATEWAY_GROUP, kind: 'HTTPRoute' }],
      attachedRoutes: routes.filter((route) =>
        parentsOf(route).some((parent) => isParent(route, parent, gateway) && (parent.sectionName ?? name) === name),
      ).length,
      conditions: conditions(
        listenerVerdicts(problem, flavour),
        status.listeners?.find((one) => one.name === name)?.conditions,
        generation,
        now,
      ),
    })),
  };
}

/** What an HTTPRoute is judged with. */
export interface Judging extends Pick<GatewaySurroundings, 'problemOf' | 'flavour' | 'isGranted'> {
  readonly controllerName: string;
  /** Tells which Services are there. */
  readonly hasService: (namespace: string, name: string) => boolean;
}

/** Of an HTTPRoute: what this controller says, beside what others have said. */
export function routeStatus(
  route: KubeObject,
  gateways: readonly KubeObject[],
  { controllerName, hasService, isGranted, problemOf, flavour }: Judging,
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
    const named = listenersOf(gateway).filter(({ name }) => sectionName === undefined || name === sectionName);
    const isServed = named.some((one) => problemOf(gateway, one) === undefined);
    const refusal = named.length > 0 && flavour === 'nginx' ? 'InvalidListener' : 'NoMatchingParent';
    const before = parents.find(
      (one) => one.controllerName === controllerName && JSON.stringify(one.parentRef) === JSON.stringify(parentRef),
    );
    const verdicts: Verdict[] = [
      ['Accepted', isServed, isServed ? 'Accepted' : refusal],
      ['ResolvedRefs', problem === undefined, problem ?? 'ResolvedRefs'],
    ];
    return [
      { parentRef, controllerName, conditions: conditions(verdicts, before?.conditions, generationOf(route), now) },
    ];
  });
  return { ...status, parents: [...parents.filter((one) => one.controllerName !== controllerName), ...ownParents] };
}
