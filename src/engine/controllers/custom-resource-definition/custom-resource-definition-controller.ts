/**
 * What becomes of CustomResourceDefinitions: their names are accepted, their resources are served, and when they go, their instances go first.
 * Follows the controllers that the API server runs in apiextensions-apiserver/pkg/controller: status (naming), establish and finalizer.
 * Reads definitions and the instances of those that go; writes the definitions' status and finalizers, deletes instances.
 * Left out: the conditions NonStructuralSchema and KubernetesAPIApprovalPolicyConformant, which no definition of v1 can get but by age.
 */
import { CLEANUP_FINALIZER, withCondition } from '../../api/kinds/custom-resource-definition';
import type { KindDefinition } from '../../api/kinds/definition';
import { deepEqual } from '../../api/plain';
import { isReason } from '../../api/status-error';
import type { CustomResourceDefinition } from '../../api/types';
import type { Component, Context } from '../../client/component';
import { type ControllerMemory, defineController, enqueueKey, type Result } from '../../client/controller';
import { conditionOf, type PlainCondition, planNaming } from './naming';

interface DefinitionMemory extends ControllerMemory {
  /** Since when the instances of a definition are waited for, by name. */
  readonly waiting: Map<string, number>;
}
type DefinitionContext = Context<DefinitionMemory>;

const KIND = 'CustomResourceDefinition';
const POLL_MS = 5_000;
const PATIENCE_MS = 60_000;

/** The controller. It runs inside the API server. */
export const customResourceDefinitionController: Component<DefinitionMemory> = {
  ...defineController<DefinitionMemory>({
    name: 'custom-resource-definition-controller',
    for: KIND,
    memory: () => ({ waiting: new Map() }),
    reconcile,
  }),
  process: 'kube-apiserver',
};

function reconcile(context: DefinitionContext, key: string): Result {
  const definition = context.lister.byKey<CustomResourceDefinition>(KIND, key);
  if (!definition) {
    context.memory.waiting.delete(key);
    wakeGroup(context, key);
    return undefined;
  }
  const { deletionTimestamp, finalizers } = definition.metadata;
  if (deletionTimestamp && finalizers?.includes(CLEANUP_FINALIZER)) return cleanUp(context, definition);
  if (!deepEqual(definition.spec.names, definition.status.acceptedNames)) return acceptNames(context, definition);
  return establish(context, definition);
}

/** A name may have become free for the others of a group. */
function wakeGroup(context: DefinitionContext, name: string): void {
  const group = name.slice(name.indexOf('.') + 1);
  for (const other of context.lister.list<CustomResourceDefinition>(KIND)) {
    if (other.spec.group === group && other.metadata.name !== name) enqueueKey(context, other.metadata.name);
  }
}

/** Writes conditions and more of the status; false when the definition was changed or went meanwhile. */
function writeStatus(
  context: DefinitionContext,
  definition: CustomResourceDefinition,
  conditions: readonly PlainCondition[],
  more: Partial<CustomResourceDefinition['status']> = {},
): CustomResourceDefinition | undefined {
  const { status } = definition;
  let next = status.conditions ?? [];
  for (const condition of conditions) next = withCondition(next, condition, context.now);
  try {
    return context.client.updateStatus({ ...definition, status: { ...status, ...more, conditions: next } });
  } catch (error) {
    if (isReason(error, 'NotFound') || isReason(error, 'Conflict')) return undefined;
    throw error;
  }
}

function acceptNames(context: DefinitionContext, definition: CustomResourceDefinition): Result {
  const naming = planNaming(definition, context.lister.list(KIND));
  const before = conditionOf(definition, 'NamesAccepted');
  const { status, reason, message } = naming.namesAccepted;
  const isSame = before?.status === status && before.reason === reason && before.message === message;
  if (isSame && deepEqual(definition.status.acceptedNames, naming.names)) return undefined;
  const conditions = [naming.namesAccepted, naming.established];
  const written = writeStatus(context, definition, conditions, { acceptedNames: naming.names });
  if (!written) return undefined;
  const { name } = definition.metadata;
  context.say('accept-names', written, `Names of ${KIND} ${name}: ${message}`);
  wakeGroup(context, name);
  return undefined;
}

function establish(context: DefinitionContext, definition: CustomResourceDefinition): Result {
  if (conditionOf(definition, 'NamesAccepted')?.status !== 'True') return undefined;
  if (conditionOf(definition, 'Established')?.status === 'True') return undefined;
  const message = 'the initial names have been accepted';
  const condition = { type: 'Established', status: 'True', reason: 'InitialNamesAccepted', message } as const;
  const written = writeStatus(context, definition, [condition]);
  if (!written) return undefined;
  const { group, names } = definition.spec;
  context.say(
    'establish',
    written,
    `Established ${KIND} ${definition.metadata.name}: ${names.plural}.${group} are served`,
  );
  return undefined;
}

function terminating(status: 'True' | 'False', reason: string, message: string): PlainCondition {
  return { type: 'Terminating', status, reason, message };
}

/** One look at a definition that is to go. */
function cleanUp(context: DefinitionContext, definition: CustomResourceDefinition): Result {
  const { name } = definition.metadata;
  if (conditionOf(definition, 'Established')?.status !== 'True') {
    return release(context, definition, terminating('False', 'NeverEstablished', 'resource was never established'));
  }
  const inProgress = terminating('True', 'InstanceDeletionInProgress', 'CustomResource deletion is in progress');
  const marked = writeStatus(context, definition, [inProgress]);
  if (!marked) return undefined;
  const kind = context.client
    .discovery()
    .preferred.find(({ group, plural }) => group === marked.spec.group && plural === marked.spec.names.plural);
  const deleted = kind ? deleteInstances(context, kind) : 0;
  const left = kind ? context.client.list(kind.id).length : 0;
  if (left === 0) {
    return release(
      context,
      marked,
      terminating('False', 'InstanceDeletionCompleted', 'removed all instances'),
      deleted,
    );
  }
  const { waiting } = context.memory;
  const since = waiting.get(name) ?? context.nowMs;
  waiting.set(name, since);
  context.say('delete-instances', marked, `Deleting the instances of ${KIND} ${name}: ${left} remain`);
  if (context.nowMs - since < PATIENCE_MS) return { requeueAfterMs: POLL_MS };
  waiting.delete(name);
  const error = 'could not confirm zero CustomResources remaining: timed out waiting for the condition';
  writeStatus(context, marked, [terminating('True', 'InstanceDeletionCheck', error)]);
  return { error };
}

function deleteInstances(context: DefinitionContext, kind: KindDefinition): number {
  let deleted = 0;
  for (const { metadata } of context.client.list(kind.id)) {
    if (metadata.deletionTimestamp) continue;
    context.client.delete(kind.id, metadata.namespace, metadata.name);
    deleted++;
  }
  return deleted;
}

/** Lets the definition go. */
function release(
  context: DefinitionContext,
  definition: CustomResourceDefinition,
  condition: PlainCondition,
  deleted = 0,
): Result {
  const { name, finalizers = [] } = definition.metadata;
  context.memory.waiting.delete(name);
  const metadata = { ...definition.metadata, finalizers: finalizers.filter((each) => each !== CLEANUP_FINALIZER) };
  if (!writeStatus(context, { ...definition, metadata }, [condition])) return undefined;
  const instances = deleted === 0 ? 'no instances are left' : `deleted its ${deleted} instances`;
  context.say('release', definition, `Let ${KIND} ${name} go: ${instances}`);
  return undefined;
}
