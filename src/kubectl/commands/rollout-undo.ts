/** kubectl rollout undo. Follows staging/src/k8s.io/kubectl/pkg/cmd/rollout/rollout_undo.go and polymorphichelpers/rollback.go. */
import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import {
  controllerRevisionsOf,
  controllerRevisionToRestore,
  isAtRevision,
  type RevisedWorkload,
  revisedTemplate,
} from '../controller-history';
import { revisionToRestore, sameTemplate, templateOf, withoutHash } from '../deployment-history';
import { podTemplateLines } from '../describe/pod-template';
import { dryRunOf, writeOptions } from '../dry-run';
import { asCommandError, KubectlError } from '../errors';
import { DRY_RUN, FILENAME, flag, OUTPUT, SELECTOR } from '../flag-sets';
import { LAST_APPLIED, lastAppliedText } from '../last-applied';
import { printResult } from '../output-format';
import { type Info, select, standardQuery, visit } from '../selection';
import { requireRevisions } from './rollout-history';
import { requireResource } from './rollout-status';

/** Annotations that stay the Deployment's own when it is rolled back. */
const KEPT = [
  LAST_APPLIED,
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
];

function restoredAnnotations(deployment: Deployment, replicaSet: ReplicaSet): Record<string, string> {
  const own = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => KEPT.includes(key));
  const old = Object.entries(replicaSet.metadata.annotations ?? {}).filter(([key]) => !KEPT.includes(key));
  return Object.fromEntries([...own, ...old]);
}

function restore(
  call: Call,
  deployment: Deployment,
  template: PodTemplateSpec,
  annotations: Record<string, string>,
): void {
  const { name, namespace } = deployment.metadata;
  const hasAnnotations = deployment.metadata.annotations !== undefined;
  const patch = {
    type: 'json',
    body: [
      { op: 'replace', path: '/spec/template', value: template },
      { op: hasAnnotations ? 'replace' : 'add', path: '/metadata/annotations', value: annotations },
    ],
  } as const;
  try {
    call.io.client.patch('Deployment', namespace, name, patch, writeOptions(dryRunOf(call)));
  } catch (error) {
    const message = `failed restoring revision ${call.flags.int('to-revision')}: ${asCommandError(error).message}`;
    throw new KubectlError(message);
  }
}

/** Rolls a DaemonSet or StatefulSet back; what it says of it. */
function rollBackByRevision(call: Call, info: Info): string {
  const toRevision = call.flags.int('to-revision');
  const workload = info.object as RevisedWorkload;
  if (toRevision < 0) throw new KubectlError(`unable to find specified revision ${toRevision} in history`);
  const revision = controllerRevisionToRestore(controllerRevisionsOf(call.io.client, workload), toRevision);
  if (dryRunOf(call) === 'client') return `will roll back to ${podTemplateLines(revisedTemplate(revision))}`;
  if (isAtRevision(workload, revision)) {
    return `skipped rollback (current template already matches revision ${toRevision})`;
  }
  const body = { type: 'strategic', body: revision.data as object } as const;
  try {
    call.io.client.patch(info.mapping.id, info.namespace, info.name, body, writeOptions(dryRunOf(call)));
  } catch (error) {
    throw new KubectlError(`failed restoring revision ${toRevision}: ${asCommandError(error).message}`);
  }
  return 'rolled back';
}

/** Rolls one Deployment back; what it says of it. */
function rollBack(call: Call, deployment: Deployment): string {
  const toRevision = call.flags.int('to-revision');
  if (toRevision < 0) throw new KubectlError(`unable to find specified revision ${toRevision} in history`);
  const replicaSet = revisionToRestore(call.io.client, deployment, toRevision);
  const template = templateOf(replicaSet);
  if (dryRunOf(call) === 'client') return podTemplateLines(template);
  if (deployment.spec.paused) {
    throw new KubectlError(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  if (sameTemplate(template, deployment.spec.template)) {
    return `skipped rollback (current template already matches revision ${toRevision})`;
  }
  restore(call, deployment, withoutHash(template), restoredAnnotations(deployment, replicaSet));
  return 'rolled back';
}

function undoOne(call: Call, info: Info): void {
  const object = info.object as Deployment;
  if (lastAppliedText(object) !== undefined) {
    const name = `${info.mapping.plural}/${info.name}`;
    call.err(
      `Warning: resource ${name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LAST_APPLIED} annotation, ` +
        "which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your " +
        'previous configuration file instead.\n',
    );
  }
  requireRevisions(info, 'rollbacker', 'rollbacker');
  const said = object.kind === 'Deployment' ? rollBack(call, object) : rollBackByRevision(call, info);
  printResult(call, object, said, dryRunOf(call));
}

function run(call: Call): Turn {
  requireResource(call);
  const query = { ...standardQuery(call, call.args, true), latest: true };
  visit(select(call, query), (info) => undoOne(call, info));
  return undefined;
}

/** kubectl rollout undo. */
export const rolloutUndo: Command = {
  path: 'rollout undo',
  use: 'rollout undo (TYPE NAME | TYPE/NAME) [flags]',
  flags: [...FILENAME, ...SELECTOR, ...DRY_RUN, ...OUTPUT, flag.int('to-revision')],
  run,
};
