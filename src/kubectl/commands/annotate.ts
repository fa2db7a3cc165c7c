/** kubectl annotate. Follows staging/src/k8s.io/kubectl/pkg/cmd/annotate/annotate.go. */
import { labelOf } from '../../engine/api/label-requirement';
import type { KubeObject } from '../../engine/api/meta';
import type { Call, Command } from '../command';
import { dryRunOf, writeOptions } from '../dry-run';
import { KubectlError } from '../errors';
import { listEntries, METADATA_FLAGS, type MetadataChange, runMetadataEdit } from '../metadata-edit';
import { printResult } from '../output-format';
import { parsePairs } from '../pairs';
import { CHANGE_CAUSE, recorded } from '../record';
import type { Info } from '../selection';

function checkOnce(change: MetadataChange): void {
  const both = change.remove.filter((key) => change.set.has(key));
  if (both.length > 0) {
    throw new KubectlError(
      `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
    );
  }
}

function refuseOverwrites(annotations: Readonly<Record<string, string>>, change: MetadataChange): void {
  const taken = [...change.set].flatMap(([key, value]) => {
    const now = labelOf(annotations, key);
    if (key === CHANGE_CAUSE || now === undefined || now === value) return [];
    return [`'${key}' already has a value (${now})`];
  });
  if (taken.length > 0) {
    throw new KubectlError(`--overwrite is false but found the following declared annotation(s): ${taken.join('; ')}`);
  }
}

function annotateOne(call: Call, info: Info, change: MetadataChange, single: boolean): void {
  const dryRun = dryRunOf(call);
  const object = recorded(call, info.object as KubeObject);
  const annotations = object.metadata.annotations ?? {};
  if (!call.flags.bool('overwrite')) refuseOverwrites(annotations, change);
  const entries = [...Object.entries(annotations), ...change.set].filter(([key]) => !change.remove.includes(key));
  const merged = Object.fromEntries(entries);
  if (call.flags.bool('list')) {
    listEntries(call, info, 'annotations', merged, single);
    return;
  }
  if (dryRun === 'client' || call.flags.bool('local')) {
    printResult(call, { ...object, metadata: { ...object.metadata, annotations: merged } }, 'annotated', dryRun);
    return;
  }
  const before = info.object?.metadata.annotations ?? {};
  const changed = Object.entries(merged).filter(([key, value]) => labelOf(before, key) !== value);
  const removed = change.remove.filter((key) => labelOf(before, key) !== undefined).map((key) => [key, null] as const);
  const resourceVersion = call.flags.text('resource-version');
  const metadata = {
    ...(changed.length + removed.length > 0 ? { annotations: Object.fromEntries([...changed, ...removed]) } : {}),
    ...(resourceVersion ? { resourceVersion } : {}),
  };
  const body = Object.keys(metadata).length > 0 ? { metadata } : {};
  const { id } = info.mapping;
  const patched = call.io.client.patch(id, info.namespace, info.name, { type: 'merge', body }, writeOptions(dryRun));
  printResult(call, patched, 'annotated', dryRun);
}

/** kubectl annotate. */
export const annotate: Command = {
  path: 'annotate',
  reads: (flags) => flags.bool('list'),
  use: 'annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N',
  flags: METADATA_FLAGS,
  run: (call) =>
    runMetadataEdit(call, {
      noun: 'annotation',
      parse: (pairs) => parsePairs(pairs, 'annotation', true),
      check: checkOnce,
      edit: annotateOne,
    }),
};
