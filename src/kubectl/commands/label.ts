/** kubectl label. Follows staging/src/k8s.io/kubectl/pkg/cmd/label/label.go. */

import type { KubeObject } from '../../engine/api/meta';
import { isLabelValue } from '../../engine/api/validation/names';
import type { Call, Command, Turn } from '../command';
import { type DryRun, dryRunOf, writeOptions } from '../dry-run';
import { KubectlError, throwAll } from '../errors';
import { DRY_RUN, FIELD_MANAGER, FIELD_SELECTOR, FILENAME, flag, OUTPUT, RECORD, SELECTOR } from '../flag-sets';
import { printResult } from '../output-format';
import { splitPairs } from '../pairs';
import { recorded } from '../record';
import { type Info, select, standardQuery, visit } from '../selection';

interface LabelChange {
  readonly set: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

function parseLabels(specs: readonly string[]): LabelChange {
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

function validate(call: Call, resources: readonly string[], change: LabelChange, dryRun: DryRun): void {
  const { flags } = call;
  if (flags.bool('list') && flags.text('output')) {
    throw new KubectlError('--list and --output may not be specified together');
  }
  if (flags.bool('all') && flags.text('selector')) {
    throw new KubectlError('cannot set --all and --selector at the same time');
  }
  if (flags.bool('all') && flags.text('field-selector')) {
    throw new KubectlError('cannot set --all and --field-selector at the same time');
  }
  if (flags.bool('local') && dryRun === 'server') {
    throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  if (resources.length === 0 && flags.list('filename').length === 0) {
    throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (change.set.size === 0 && change.remove.length === 0 && !flags.bool('list')) {
    throw new KubectlError('at least one label update is required');
  }
}

function refuseOverwrites(labels: Readonly<Record<string, string>>, change: LabelChange): void {
  const errors = [...change.set].flatMap(([key, value]) => {
    const now = labels[key];
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

function listLabels(call: Call, info: Info, labels: Readonly<Record<string, string>>, single: boolean): void {
  const { kind, group } = info.mapping;
  if (!single) call.out(`Listing labels for ${kind}.${group}/${info.name}:\n`);
  for (const [key, value] of Object.entries(labels)) call.out(`${single ? '' : ' '}${key}=${value}\n`);
}

function labelOne(call: Call, info: Info, change: LabelChange, single: boolean): void {
  const dryRun = dryRunOf(call);
  const object = info.object as KubeObject;
  const labels = object.metadata.labels ?? {};
  const offline = dryRun === 'client' || call.flags.bool('local') || call.flags.bool('list');
  if (!offline) {
    for (const key of change.remove) if (!(key in labels)) call.out(`label ${JSON.stringify(key)} not found.\n`);
  }
  if (!call.flags.bool('overwrite')) refuseOverwrites(labels, change);
  const added = [...change.set].filter(([key, value]) => labels[key] !== value);
  const removed = change.remove.filter((key) => key in labels);
  const gone = new Map(removed.map((key) => [key, null]));
  const merged = Object.fromEntries([...Object.entries(labels), ...change.set].filter(([key]) => !gone.has(key)));
  if (call.flags.bool('list')) {
    listLabels(call, info, merged, single);
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
  const { kind } = info.mapping;
  call.io.client.patch(kind, info.namespace, info.name, { type: 'merge', body }, writeOptions(dryRun));
  printResult(call, relabeled, operation, dryRun);
}

function run(call: Call): Turn {
  const dryRun = dryRunOf(call);
  const { resources, pairs } = splitPairs(call.args, 'label');
  const change = parseLabels(pairs);
  validate(call, resources, change, dryRun);
  const query = { ...standardQuery(call, resources, call.flags.bool('all')), latest: !call.flags.bool('local') };
  const selection = select(call, query);
  if (!selection.singleItemImplied && call.flags.text('resource-version')) {
    throw new KubectlError('--resource-version may only be used with a single resource');
  }
  visit(selection, (info) => labelOne(call, info, change, selection.singleItemImplied));
  return undefined;
}

/** kubectl label. */
export const label: Command = {
  path: 'label',
  use: 'label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N',
  flags: [
    ...FILENAME,
    ...SELECTOR,
    ...FIELD_SELECTOR,
    ...DRY_RUN,
    ...OUTPUT,
    ...RECORD,
    ...FIELD_MANAGER,
    ...['overwrite', 'list', 'local', 'all'].map((name) => flag.bool(name)),
    flag.bool('all-namespaces', 'A'),
    flag.text('resource-version'),
  ],
  run,
};
