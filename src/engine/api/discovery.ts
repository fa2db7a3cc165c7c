/**
 * Which kinds a cluster serves: the built-in ones and those that its CustomResourceDefinitions define. A pure function of the
 * definitions, so that looking back finds what was defined then.
 * Follows the aggregated discovery of the API server and client-go/restmapper: built-in kinds come first, custom groups
 * in the order of their names.
 */

import { kindsOf } from './custom-resources/definitions';
import type { KindDefinition } from './kinds/definition';
import { nodeMetricsKind, podMetricsKind } from './kinds/metrics';
import { OTHER_VERSIONS } from './kinds/registry';
import { REVIEWS } from './kinds/reviews';
import type { KubeObject } from './meta';
import { apiVersionOf, kindId, RESOURCES } from './scheme';

/** The kinds of a cluster at one moment. */
export class Discovery {
  /** One definition per served kind, in its preferred version, in the order in which names are looked up. */
  readonly preferred: readonly KindDefinition[];
  private readonly byId: ReadonlyMap<string, KindDefinition>;
  private readonly byKind: ReadonlyMap<string, KindDefinition>;
  private readonly byResource: ReadonlyMap<string, KindDefinition>;

  /**
   * @param served every kind in every version that is served, preferred versions first
   * @param stale the version of the group whose server does not answer, as `metrics.k8s.io/v1beta1`
   */
  constructor(
    readonly served: readonly KindDefinition[],
    readonly stale?: string,
  ) {
    const byId = new Map<string, KindDefinition>();
    for (const definition of served) if (!byId.has(definition.id)) byId.set(definition.id, definition);
    this.preferred = [...byId.values()];
    for (const one of served)
      if (one.schema || one.conversion) byId.set(`${one.kind}.${one.version}.${one.group}`, one);
    this.byId = byId;
    // As upstream's mapper, which also knows every kind in lower case.
    this.byKind = new Map([
      ...served.map((one) => [`${apiVersionOf(one)} ${one.kind.toLowerCase()}`, one] as const),
      ...served.map((one) => [`${apiVersionOf(one)} ${one.kind}`, one] as const),
    ]);
    this.byResource = new Map(served.map((one) => [`${apiVersionOf(one)} ${one.plural}`, one]));
  }

  /**
   * By the engine's name (`Pod`, `Service.serving.knative.dev`), in its preferred version; a custom kind may be asked for
   * in another one (`Service.v1beta1.serving.knative.dev`).
   */
  find(id: string): KindDefinition | undefined {
    return this.byId.get(id);
  }

  /** What a manifest names: `apps/v1`, `Deployment`. */
  findKind(apiVersion: string, kind: string): KindDefinition | undefined {
    return this.byKind.get(`${apiVersion} ${kind}`);
  }

  /** What a request's path names: `apps`, `v1`, `deployments`. */
  findResource(group: string, version: string, plural: string): KindDefinition | undefined {
    return this.byResource.get(`${apiVersionOf({ group, version })} ${plural}`);
  }

  /** The kind of an object, whatever version it is written in; without an apiVersion a built-in one. */
  ofObject(object: { readonly apiVersion?: string; readonly kind: string }): KindDefinition | undefined {
    return this.byId.get(kindId(object.apiVersion, object.kind));
  }
}

const EVERYWHERE: readonly KindDefinition[] = [...RESOURCES, ...OTHER_VERSIONS, ...REVIEWS];

/** What every cluster serves. */
export const BUILT_IN = new Discovery(EVERYWHERE);

/** What a metrics server adds. */
const METRICS: readonly KindDefinition[] = [nodeMetricsKind, podMetricsKind];
const STALE = apiVersionOf(podMetricsKind);

/** Whether a cluster has a metrics server, and whether it answers. */
export type MetricsPresence = 'none' | 'up' | 'down';

const WITHOUT_CUSTOM: Readonly<Record<MetricsPresence, Discovery>> = {
  none: BUILT_IN,
  up: new Discovery([...EVERYWHERE, ...METRICS]),
  down: new Discovery(EVERYWHERE, STALE),
};

/** What a cluster with these CustomResourceDefinitions serves. */
export function discoveryOf(definitions: readonly KubeObject[], metrics: MetricsPresence = 'none'): Discovery {
  const custom = definitions.flatMap(kindsOf);
  if (custom.length === 0) return WITHOUT_CUSTOM[metrics];
  const place = (one: KindDefinition): string => `${one.group} ${one.plural}`;
  const ordered = custom
    .map((definition, index) => ({ definition, index }))
    .sort((left, right) => {
      const [a, b] = [place(left.definition), place(right.definition)];
      return a < b ? -1 : a > b ? 1 : left.index - right.index;
    });
  const { served, stale } = WITHOUT_CUSTOM[metrics];
  return new Discovery([...served, ...ordered.map(({ definition }) => definition)], stale);
}
