/**
 * One sync of one Deployment: what it knows, and how it writes the Deployment itself. Within one sync the objects that were
 * written are used from then on, where upstream goes on with stale copies, is refused (409) and retried a moment later.
 */
import type { KubeObject } from '../../api/meta';
import type { Deployment, DeploymentStatus, ReplicaSet } from '../../api/types';
import type { Context } from '../../client/component';
import type { ControllerMemory } from '../../client/controller';
import { type Generations, generationsOf, hasTemplateOf } from './replica-set-order';
import { REVISION } from './revision';

/** One sync of one Deployment: the objects as this sync knows them, its own writes included. */
export interface Rollout {
  readonly context: Context<ControllerMemory>;
  readonly key: string;
  deployment: Deployment;
  replicaSets: readonly ReplicaSet[];
  /** What this sync did so far, in sentences. */
  readonly notes: Note[];
}

/** Something a sync did, as the trace tells it. */
interface Note {
  readonly verb: string;
  readonly object: KubeObject;
  readonly sentence: string;
}

/** Notes something that was done. */
export function note(rollout: Rollout, verb: string, object: KubeObject, sentence: string): void {
  rollout.notes.push({ verb, object, sentence });
}

/** Names the step after what the sync did: the first thing beside a write of status, and the sentences of all. */
export function tell({ context, notes }: Rollout): void {
  const [first] = notes;
  if (!first) return;
  const { verb, object } = notes.find((one) => one.verb !== 'update-status') ?? first;
  context.say(verb, object, notes.map(({ sentence }) => sentence).join('. '));
}

/** Tells new from old. Templates are compared once: objects share what did not change, so identity says it next time. */
export function sortOut(rollout: Rollout): Generations {
  const { derived } = rollout.context;
  return generationsOf(rollout.deployment, rollout.replicaSets, (replicaSet, deployment) => {
    const templates = [replicaSet.spec.template, deployment.spec.template];
    const uid = replicaSet.metadata.uid as string;
    return derived.memo('same template', uid, templates, () => hasTemplateOf(replicaSet, deployment));
  });
}

/** Puts a written ReplicaSet in the place of its older self. */
export function replaceReplicaSet(rollout: Rollout, written: ReplicaSet): void {
  const { uid } = written.metadata;
  rollout.replicaSets = rollout.replicaSets.map((other) => (other.metadata.uid === uid ? written : other));
}

/** Writes the Deployment's status and, as its status subresource lets annotations through, its revision with it. */
export function writeDeployment(rollout: Rollout, status: DeploymentStatus, revision?: string): void {
  const { deployment, context } = rollout;
  const { annotations } = deployment.metadata;
  const isNewRevision = revision !== undefined && annotations?.[REVISION] !== revision;
  const metadata = isNewRevision
    ? { ...deployment.metadata, annotations: { ...annotations, [REVISION]: revision } }
    : deployment.metadata;
  rollout.deployment = context.client.updateStatus<Deployment>({ ...deployment, metadata, status });
}

/** Whether the Deployment says it is at this revision. */
export function hasRevision(deployment: Deployment, revision: string): boolean {
  return deployment.metadata.annotations?.[REVISION] === revision;
}
