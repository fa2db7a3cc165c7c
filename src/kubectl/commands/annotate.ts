/** kubectl annotate. Follows staging/src/k8s.io/kubectl/pkg/cmd/annotate/annotate.go. */
import type { KubeObject } from '../../engine/api/meta';
import type { Call, Command, Turn } from '../command';
import { type DryRun, dryRunOf, writeOptions } from '../dry-run';
import { KubectlError } from '../errors';
import { DRY_RUN, FIELD_MANAGER, FIELD_SELECTOR, FILENAME, flag, OUTPUT, RECORD, SELECTOR } from '../flag-sets';
import { printResult } from '../output-format';
import { parsePairs, splitPairs } from '../pairs';
import { CHANGE_CAUSE, recorded } from '../record';
import { type Info, select, standardQuery, visit } from '../selection';

interface AnnotationChange {
  readonly set: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

function validate(call: Call, resources: readonly string[], change: AnnotationChange, dryRun: DryRun): void {
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
    throw new KubectlError('at least one annotation update is required');
  }
  const both = change.remove.filter((key) => change.set.has(key));
  if (both.length > 0) {
    throw new KubectlError(
      `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
    );
  }
}

function refuseOverwrites(annotations: Readonly<Record<string, string>>, change: AnnotationChange): void {
  const taken = [...change.set].flatMap(([key, value]) => {
    const now = annotations[key];
    if (key === CHANGE_CAUSE || now === undefined || now === value) return [];
    return [`'${key}' already has a value (${now})`];
  });
  if (taken.length > 0) {
    throw new KubectlError(`--overwrite is false but found the following declared annotation(s): ${taken.join('; ')}`);
  }
}

function listAnnotations(call: Call, info: Info, annotations: Readonly<Record<string, string>>, single: boolean): void {
  const { kind, group } = info.mapping;
  if (!single) call.out(`Listing annotations for ${kind}.${group}/${info.name}:\n`);
  for (const [key, value] of Object.entries(annotations)) call.out(`${single ? '' : ' '}${key}=${value}\n`);
}

function annotateOne(call: Call, info: Info, change: AnnotationChange, single: boolean): void {
  const dryRun = dryRunOf(call);
  const object = recorded(call, info.object as KubeObject);
  const annotations = object.metadata.annotations ?? {};
  if (!call.flags.bool('overwrite')) refuseOverwrites(annotations, change);
  const entries = [...Object.entries(annotations), ...change.set].filter(([key]) => !change.remove.includes(key));
  const merged = Object.fromEntries(entries);
  if (call.flags.bool('list')) {
    listAnnotations(call, info, merged, single);
    return;
  }
  if (dryRun === 'client' || call.flags.bool('local')) {
    printResult(call, { ...object, metadata: { ...object.metadata, annotations: merged } }, 'annotated', dryRun);
    return;
  }
  const before = info.object?.metadata.annotations ?? {};
  const changed = Object.entries(merged).filter(([key, value]) => before[key] !== value);
  const removed = change.remove.filter((key) => key in before).map((key) => [key, null] as const);
  const resourceVersion = call.flags.text('resource-version');
  const metadata = {
    ...(changed.length + removed.length > 0 ? { annotations: Object.fromEntries([...changed, ...removed]) } : {}),
    ...(resourceVersion ? { resourceVersion } : {}),
  };
  const body = Object.keys(metadata).length > 0 ? { metadata } : {};
  const { kind } = info.mapping;
  const patched = call.io.client.patch(kind, info.namespace, info.name, { type: 'merge', body }, writeOptions(dryRun));
  printResult(call, patched, 'annotated', dryRun);
}

function run(call: Call): Turn {
  const dryRun = dryRunOf(call);
  const { resources, pairs } = splitPairs(call.args, 'annotation');
  const change = parsePairs(pairs, 'annotation', true);
  validate(call, resources, change, dryRun);
  const query = { ...standardQuery(call, resources, call.flags.bool('all')), latest: !call.flags.bool('local') };
  const selection = select(call, query);
  if (!selection.singleItemImplied && call.flags.text('resource-version')) {
    throw new KubectlError('--resource-version may only be used with a single resource');
  }
  visit(selection, (info) => annotateOne(call, info, change, selection.singleItemImplied));
  return undefined;
}

/** kubectl annotate. */
export const annotate: Command = {
  path: 'annotate',
  use: 'annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N',
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
