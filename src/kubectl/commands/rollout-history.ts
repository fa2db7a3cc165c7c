/** kubectl rollout history. Follows staging/src/k8s.io/kubectl/pkg/cmd/rollout/rollout_history.go and polymorphichelpers/history.go. */
import type { KubeObject } from '../../engine/api/meta';
import type { ControllerRevision, Deployment, PodTemplateSpec, ReplicaSet } from '../../engine/api/types';
import type { Call, Command, Reader, Turn } from '../command';
import { controllerRevisionsOf, type RevisedWorkload, revisedTemplate } from '../controller-history';
import { historyOf, templateOf } from '../deployment-history';
import { podTemplateLines } from '../describe/pod-template';
import { KubectlError } from '../errors';
import { FILENAME, flag, OUTPUT, SELECTOR } from '../flag-sets';
import { outputFormat, printResult } from '../output-format';
import { CHANGE_CAUSE } from '../record';
import { type Info, select, standardQuery, visit } from '../selection';
import { requireResource } from './rollout-status';

function groupKind(info: Info): string {
  const { kind, group } = info.mapping;
  return group ? `${kind}.${group}` : kind;
}

const WITH_HISTORY = ['Deployment', 'DaemonSet', 'StatefulSet'];
const WITH_TEMPLATE = ['Job', 'Pod', 'ReplicaSet', 'ReplicationController', 'CronJob'];

/** Refuses kinds without revisions; `what` names the missing piece as kubectl does. */
export function requireRevisions(info: Info, verb: string, missing: string): void {
  const { kind, group } = info.mapping;
  if (WITH_HISTORY.includes(kind)) return;
  if (!WITH_TEMPLATE.includes(kind)) {
    const element = `{${group} ${kind}}`;
    throw new KubectlError(
      `error retrieving ${verb} for ${JSON.stringify(groupKind(info))}, no visitor method exists for ${element}`,
    );
  }
  throw new KubectlError(`no ${missing} has been implemented for ${JSON.stringify(groupKind(info))}`);
}

/** One revision of a workload: what caused it, its template, and what is printed of it with `-o`. */
interface Revision {
  readonly cause: string | undefined;
  readonly template: PodTemplateSpec;
  readonly object: KubeObject;
}

function ofReplicaSet(replicaSet: ReplicaSet): Revision {
  const template = templateOf(replicaSet);
  const cause = replicaSet.metadata.annotations?.[CHANGE_CAUSE];
  const annotations = { ...template.metadata?.annotations, [CHANGE_CAUSE]: cause as string };
  const caused = { ...template, metadata: { ...template.metadata, annotations } };
  return { cause, template: cause ? caused : template, object: replicaSet };
}

function ofControllerRevision(workload: RevisedWorkload, revision: ControllerRevision): Revision {
  const template = revisedTemplate(revision);
  const object = { ...workload, spec: { ...workload.spec, template } };
  return { cause: revision.metadata.annotations?.[CHANGE_CAUSE], template, object };
}

function revisionsOf(reader: Reader, object: KubeObject): Map<number, Revision> {
  if (object.kind === 'Deployment') {
    const history = historyOf(reader, object as Deployment);
    return new Map([...history].map(([number, replicaSet]) => [number, ofReplicaSet(replicaSet)]));
  }
  const workload = object as RevisedWorkload;
  const history = controllerRevisionsOf(reader, workload);
  return new Map([...history].map(([number, revision]) => [number, ofControllerRevision(workload, revision)]));
}

/** Two columns, as a tab writer with a gap of two lays them out. */
function table(history: ReadonlyMap<number, Revision>): string {
  const revisions = [...history.keys()].sort((a, b) => a - b);
  const rows = revisions.map((revision) => [String(revision), history.get(revision)?.cause || '<none>'] as const);
  const width = Math.max(...['REVISION', ...rows.map(([revision]) => revision)].map((text) => text.length)) + 2;
  return [['REVISION', 'CHANGE-CAUSE'] as const, ...rows]
    .map(([revision, cause]) => `${revision.padEnd(width)}${cause}\n`)
    .join('');
}

function historyText(history: ReadonlyMap<number, Revision>, revision: number): string {
  if (history.size === 0) return 'No rollout history found.';
  if (revision === 0) return table(history);
  const found = history.get(revision);
  if (!found) throw new KubectlError('unable to find the specified revision');
  return podTemplateLines(found.template);
}

function printOne(call: Call, info: Info): void {
  requireRevisions(info, 'history', 'history viewer');
  const revision = call.flags.int('revision');
  const history = revisionsOf(call.io.client, info.object as KubeObject);
  if (outputFormat(call) !== undefined) {
    printRevisions(call, history, revision);
    return;
  }
  const title = revision > 0 ? `with revision #${revision}` : '';
  printResult(call, info.object as KubeObject, `${title}\n${historyText(history, revision)}`);
}

function printRevisions(call: Call, history: ReadonlyMap<number, Revision>, revision: number): void {
  if (revision > 0 && !history.has(revision)) throw new KubectlError('unable to find the specified revision');
  const wanted = revision > 0 ? [revision] : [...history.keys()].sort((a, b) => a - b);
  for (const each of wanted) printResult(call, (history.get(each) as Revision).object, '');
}

function run(call: Call): Turn {
  requireResource(call);
  const revision = call.flags.int('revision');
  if (revision < 0) throw new KubectlError(`revision must be a positive integer: ${revision}`);
  const query = { ...standardQuery(call, call.args, true), latest: true };
  visit(select(call, query), (info) => printOne(call, info));
  return undefined;
}

/** kubectl rollout history. */
export const rolloutHistory: Command = {
  path: 'rollout history',
  reads: true,
  use: 'rollout history (TYPE NAME | TYPE/NAME) [flags]',
  flags: [...FILENAME, ...SELECTOR, ...OUTPUT, flag.int('revision')],
  run,
};
