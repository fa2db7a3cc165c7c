/** kubectl label. Follows staging/src/k8s.io/kubectl/pkg/cmd/label/label.go. */

import { labelOf } from '../../engine/api/label-requirement';
import type { KubeObject } from '../../engine/api/meta';
import { isLabelValue } from '../../engine/api/validation/names';
import type { Call, Command } from '../command';
import { dryRunOf, writeOptions } from '../dry-run';
import { KubectlError, throwAll } from '../errors';
import { listEntries, METADATA_FLAGS, type MetadataChange, runMetadataEdit } from '../metadata-edit';
import { printResult } from '../output-format';
import { recorded } from '../record';
import type { Info } from '../selection';

function parseLabels(specs: readonly string[]): MetadataChange {
  const set = new Map<string, string>();
  const remove: string[] = [];
  for (const spec of specs) {
    if (!spec.includes('=')) {
      if (!spec.endsWith('-')) throw new KubectlError(`unknown label spec: ${spec}`);
      remove.push(spec.slice(0, -1));
      continue;
    }
    const [key = '', value = '', ...more] = spec.split('=');
    if (more.length > 0) throw new KubectlError(`invalid label spec: ${spec}`);
    const problem = isLabelValue(value)[0];
    if (problem) throw new KubectlError(`invalid label value: ${JSON.stringify(spec)}: ${problem}`);
    set.set(key, value);
  }
  if (remove.some((key) => set.has(key))) {
    throw new KubectlError('can not both modify and remove a label in the same command');
  }
  return { set, remove };
}

function refuseOverwrites(labels: Readonly<Record<string, string>>, change: MetadataChange): void {
  const errors = [...change.set].flatMap(([key, value]) => {
    const now = labelOf(labels, key);
    if (now === undefined || now === value) return [];
    return [new KubectlError(`'${key}' already has a value (${now}), and --overwrite is false`)];
  });
  throwAll(errors);
}

function operationOf(added: number, removed: number): string {
  if (added > 0 && removed > 0) return 'modified';
  if (added > 0) return 'labeled';
  return removed > 0 ? 'unlabeled' : 'not labeled';
}

function labelOne(call: Call, info: Info, change: MetadataChange, single: boolean): void {
  const dryRun = dryRunOf(call);
  const object = info.object as KubeObject;
  const labels = object.metadata.labels ?? {};
  const offline = dryRun === 'client' || call.flags.bool('local') || call.flags.bool('list');
  if (!offline) {
    for (const key of change.remove)
      if (labelOf(labels, key) === undefined) call.out(`label ${JSON.stringify(key)} not found.\n`);
  }
  if (!call.flags.bool('overwrite')) refuseOverwrites(labels, change);
  const added = [...change.set].filter(([key, value]) => labelOf(labels, key) !== value);
  const removed = change.remove.filter((key) => labelOf(labels, key) !== undefined);
  const gone = new Map(removed.map((key) => [key, null]));
  const merged = Object.fromEntries([...Object.entries(labels), ...change.set].filter(([key]) => !gone.has(key)));
  if (call.flags.bool('list')) {
    listEntries(call, info, 'labels', merged, single);
    return;
  }
  const operation = operationOf(added.length, removed.length);
  const relabeled = recorded(call, { ...object, metadata: { ...object.metadata, labels: merged } });
  if (offline || operation === 'not labeled') {
    printResult(call, relabeled, operation, dryRun);
    return;
  }
  const resourceVersion = call.flags.text('resource-version');
  const body = {
    metadata: {
      labels: { ...Object.fromEntries(added), ...Object.fromEntries(gone) },
      ...(call.flags.bool('record') ? { annotations: relabeled.metadata.annotations } : {}),
      ...(resourceVersion ? { resourceVersion } : {}),
    },
  };
  const { id } = info.mapping;
  call.io.client.patch(id, info.namespace, info.name, { type: 'merge', body }, writeOptions(dryRun));
  printResult(call, relabeled, operation, dryRun);
}

/** kubectl label. */
export const label: Command = {
  path: 'label',
  reads: (flags) => flags.bool('list'),
  use: 'label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N',
  flags: METADATA_FLAGS,
  run: (call) => runMetadataEdit(call, { noun: 'label', parse: parseLabels, edit: labelOne }),
};
