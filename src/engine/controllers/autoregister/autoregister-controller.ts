/**
 * The APIServices of custom groups: one for each version that a CustomResourceDefinition serves, whether its names are accepted or not.
 * Reads definitions and APIServices; makes, mends and deletes the APIServices that are labelled as its own.
 * Follows crd-autoregister (pkg/controlplane/controller/crdregistration) and the autoregister controller of kube-aggregator in one.
 */
import type { KubeObject } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { isReason } from '../../api/status-error';
import type { APIService, CustomResourceDefinition } from '../../api/types';
import type { Component, Context, WatchEvent } from '../../client/component';
import { type ControllerMemory, defineController, type Result } from '../../client/controller';

const DEFINITION = 'CustomResourceDefinition';
const KIND = 'APIService';
const AUTOMANAGED = 'kube-aggregator.kubernetes.io/automanaged';

/** Refusals that say that another was faster. */
const PASSED = ['AlreadyExists', 'NotFound', 'Conflict'] as const;

/** The controller. It runs inside the API server. */
export const autoregisterController: Component<ControllerMemory> = {
  ...defineController<ControllerMemory>({
    name: 'autoregister-controller',
    for: KIND,
    watches: [{ kind: DEFINITION, map: (_context, event) => namesIn(event) }],
    reconcile,
  }),
  process: 'kube-apiserver',
};

const groupVersions = ({ spec: { group, versions } }: CustomResourceDefinition): string[] =>
  versions.map(({ name }) => `${name}.${group}`);

/** A definition's APIServices before and after a change. */
function namesIn({ value, previous }: WatchEvent): string[] {
  const definitions = [previous, value] as (CustomResourceDefinition | undefined)[];
  return [...new Set(definitions.flatMap((one) => (one ? groupVersions(one) : [])))];
}

/** What an APIService of a custom group says. Definitions should have low priority among all groups. */
function wanted(context: Context<ControllerMemory>, name: string): APIService['spec'] | undefined {
  for (const { spec } of context.lister.list<CustomResourceDefinition>(DEFINITION)) {
    const version = spec.versions.find((one) => one.served && `${one.name}.${spec.group}` === name);
    if (version) return { group: spec.group, groupPriorityMinimum: 1000, version: version.name, versionPriority: 100 };
  }
  return undefined;
}

function reconcile(context: Context<ControllerMemory>, name: string): Result {
  const spec = wanted(context, name);
  const current = context.lister.byKey<APIService>(KIND, name);
  try {
    if (!current) {
      if (spec) register(context, name, spec);
    } else if (current.metadata.labels?.[AUTOMANAGED] === 'true') {
      if (!spec) remove(context, current);
      else if (!deepEqual(current.spec, spec)) {
        const updated = context.client.update<KubeObject>({ ...current, spec });
        context.say('update', updated, `${KIND} ${name} is as its ${DEFINITION} wants it again`);
      }
    }
  } catch (error) {
    // Whatever came between wakes this again.
    if (!PASSED.some((reason) => isReason(error, reason))) throw error;
  }
  return undefined;
}

function register(context: Context<ControllerMemory>, name: string, spec: APIService['spec']): void {
  const metadata = { name, labels: { [AUTOMANAGED]: 'true' } };
  const made = context.client.create<KubeObject>({
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: KIND,
    metadata,
    spec,
  });
  context.say('create', made, `Created ${KIND} ${name}: a ${DEFINITION} serves that version`);
}

function remove(context: Context<ControllerMemory>, { metadata: { name, uid } }: APIService): void {
  const gone = context.client.delete(KIND, undefined, name, { preconditions: { uid } });
  context.say('delete', gone, `Deleted ${KIND} ${name}: no ${DEFINITION} serves that version any more`);
}
