/** kubectl get. Follows staging/src/k8s.io/kubectl/pkg/cmd/get/get.go; `-w` is in get-watch.ts. */

import type { KindDefinition } from '../../engine/api/kinds/definition';
import { ageOf, columns, GENERIC_TABLE, type TableDefinition } from '../../engine/api/kinds/table';
import type { KubeObject } from '../../engine/api/meta';
import type { Call, Command, Turn } from '../command';
import { attempt, isRefusal, KubectlError, throwAll, usageError } from '../errors';
import { CHUNK_SIZE, FIELD_SELECTOR, FILENAME, flag, OUTPUT, SELECTOR } from '../flag-sets';
import { renderOutput } from '../output/output';
import { GET_FORMATS, type OutputFormat, outputFormat, strictKeysOf } from '../output-format';
import { printTable } from '../printers/registry';
import { rawAnswer } from '../raw';
import { notFound } from '../refusals';
import { type Entry, type Info, namespaceOf, type Selection, select, settle, standardQuery } from '../selection';
import { noSuchField, type Sorted, sortByPath } from '../sort-by';
import { beginWatch, goOnWatching, tableOptions } from './get-watch';
import { noPart } from './patch';

/** Consecutive objects of one kind, which share a table. */
interface Section {
  readonly mapping: KindDefinition;
  /** They were not asked for, so that no table of the server shows them. */
  readonly isNameless: boolean;
  readonly objects: KubeObject[];
}

function requireType(call: Call): void {
  if (call.args.length > 0 || call.flags.list('filename').length > 0) return;
  call.err(
    'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
  );
  throw usageError(
    'get',
    'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
  );
}

function validate(call: Call, output: OutputFormat | undefined): void {
  const text = call.flags.text('output');
  if (call.flags.bool('show-labels') && output && output.format !== 'wide') {
    throw new KubectlError(`--show-labels option cannot be used with ${text} printer`);
  }
  if (call.flags.bool('output-watch-events') && !isWatching(call)) {
    throw new KubectlError('--output-watch-events option can only be used with --watch or --watch-only');
  }
}

/** What can't be asked for beside `--raw`. */
function validateRaw(call: Call): void {
  const { flags } = call;
  if (call.args.length > 0) throw new KubectlError('arguments may not be passed when --raw is specified');
  if (isWatching(call) || flags.text('selector')) {
    throw new KubectlError(
      '--raw may not be specified with other flags that filter the server request or alter the output',
    );
  }
  if (flags.text('output')) throw new KubectlError('--raw and --output are mutually exclusive');
}

/** The selection as a subresource shows it: a Scale for each object; `status` and `resize` answer with the whole object. */
function withSubresource(call: Call, selection: Selection): Selection {
  const subresource = call.flags.text('subresource');
  if (subresource === '') return selection;
  if (selection.mappings.length > 0) {
    throw new KubectlError('subresource cannot be used when bulk resources are specified');
  }
  const entries = selection.entries.map((entry): Entry => {
    if ('error' in entry) return entry;
    const info = attempt(() => shown(call, entry.info, subresource));
    return info instanceof Error ? { error: info } : { info };
  });
  return { ...selection, entries };
}

function shown(call: Call, info: Info, subresource: string): Info {
  const { mapping, namespace, name } = info;
  if (!mapping.subresources.some((each) => each === subresource)) {
    throw notFound(noPart(mapping, name));
  }
  if (subresource !== 'scale') return info;
  const scale = { ...mapping, kind: 'Scale', group: 'autoscaling', table: SCALE_TABLE };
  return { mapping: scale, namespace, name, object: call.io.client.get(mapping.id, namespace, name, 'scale') };
}

/** A Scale as a table. Follows printScale in pkg/printers/internalversion/printers.go. */
const SCALE_TABLE: TableDefinition = {
  columns: columns('NAME,DESIRED,AVAILABLE,AGE'),
  row: (object, clock) => {
    const { spec, status } = object as KubeObject & { spec: { replicas?: number }; status: { replicas?: number } };
    return [object.metadata.name, String(spec.replicas ?? 0), String(status.replicas ?? 0), ageOf(object, clock)];
  },
};

function isWatching(call: Call): boolean {
  return call.flags.bool('watch') || call.flags.bool('watch-only');
}

function sections(infos: readonly Info[]): Section[] {
  const found: Section[] = [];
  for (const { mapping, object, name } of infos) {
    if (!object) continue;
    const last = found.at(-1);
    const isNameless = name === '';
    if (last?.mapping === mapping && last.isNameless === isNameless) last.objects.push(object);
    else found.push({ mapping, isNameless, objects: [object] });
  }
  return found;
}

function sorted(call: Call, infos: readonly Info[], as: Sorted): readonly Info[] {
  const path = call.flags.text('sort-by');
  return path === '' ? infos : sortByPath(infos, path, as);
}

/**
 * One table of several rows is sorted, and not printed where no row has the field: what goes wrong in the printer, nobody is told. Of
 * several tables, one for each kind or name asked for, it is the tables that are to be sorted, and they have no such field.
 */
function sortedRows(call: Call, { mappings }: Selection, infos: readonly Info[]): readonly Info[] {
  const path = call.flags.text('sort-by');
  if (path !== '' && (mappings.length || infos.length) > 1) throw noSuchField(path);
  if (infos.length < 2) return infos;
  try {
    return sorted(call, infos, 'rows');
  } catch (error) {
    if (!(error instanceof KubectlError) || error.options.bare) throw error;
    return [];
  }
}

/** One kind alone is printed bare; several that were answered, be it with none, are told apart by `kind/name`. */
function kindsAnswered({ mappings, entries }: Selection): number {
  const refused = new Set(entries.flatMap((entry) => ('error' in entry ? [entry.mapping] : [])));
  const found = entries.flatMap((entry) => ('info' in entry ? [entry.info.mapping] : []));
  return new Set([...mappings.filter((mapping) => !refused.has(mapping)), ...found]).size;
}

function printTables(call: Call, selection: Selection, wide: boolean): void {
  const { infos, errors } = settle(selection);
  const { flags } = call;
  const showKind = flags.bool('show-kind') || kindsAnswered(selection) > 1;
  const tables = sections(sortedRows(call, selection, infos)).map(({ mapping, objects, isNameless }, at, all) => {
    const shown = isNameless ? { ...mapping, table: GENERIC_TABLE } : mapping;
    const space = at === 0 || flags.bool('no-headers') || all[at - 1]?.mapping === mapping ? '' : '\n';
    return space + printTable(shown, objects, { ...tableOptions(call, shown, wide), showKind });
  });
  call.out(tables.join(''));
  if (tables.length === 0 && errors.length === 0 && !flags.bool('ignore-not-found')) sayNothingFound(call, selection);
  finish(call, errors);
}

function sayNothingFound(call: Call, selection: Selection): void {
  const namespaced = !call.flags.bool('all-namespaces') && selection.mappings.every(({ namespaced: scoped }) => scoped);
  call.err(namespaced ? `No resources found in ${namespaceOf(call)} namespace.\n` : 'No resources found\n');
}

function finish(call: Call, errors: readonly Error[]): void {
  const ignores = call.flags.bool('ignore-not-found');
  throwAll(errors.filter((error) => !ignores || !isRefusal(error, 'NotFound')));
}

function printObjects(call: Call, selection: Selection, output: OutputFormat): void {
  const { infos, errors } = settle(selection);
  const { singleItemImplied } = selection;
  if (singleItemImplied && errors.length > 0) {
    finish(call, errors);
    return;
  }
  const objects = sorted(call, infos, 'objects').map(({ object }) => object as KubeObject);
  if (objects.length > 0 || !call.flags.bool('ignore-not-found')) {
    const noHeaders = call.flags.bool('no-headers');
    const asList = !singleItemImplied || objects.length !== 1;
    const options = { asList, noHeaders, strictKeys: strictKeysOf(call) };
    call.out(renderOutput(output.format, output.template, objects, options));
  }
  finish(call, errors);
}

/** The format asked for; kubectl finds out that there is none of that name only when it prints. */
function formatAskedFor(call: Call): { output: OutputFormat | undefined; problem?: KubectlError } {
  try {
    return { output: outputFormat(call, GET_FORMATS) };
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    return { output: { format: call.flags.text('output'), template: '' }, problem: error };
  }
}

/** What is asked for by name and not there is told before a format that nobody knows. */
function refuseToPrint(call: Call, selection: Selection, problem: KubectlError): never {
  const { errors } = settle(selection);
  if (selection.singleItemImplied) finish(call, errors);
  throw problem;
}

function run(call: Call): Turn {
  if (call.flags.text('raw')) {
    validateRaw(call);
    call.out(rawAnswer(call, call.flags.text('raw')));
    return undefined;
  }
  requireType(call);
  const { output, problem } = formatAskedFor(call);
  validate(call, output);
  if (call.progress) return goOnWatching(call, output);
  const selection = withSubresource(
    call,
    select(call, { ...standardQuery(call, call.args, true), latest: true, nameless: true }),
  );
  if (problem) refuseToPrint(call, selection, problem);
  if (isWatching(call)) return beginWatch(call, selection, output);
  if (!output || output.format === 'wide') printTables(call, selection, output !== undefined);
  else printObjects(call, selection, output);
  return undefined;
}

/** kubectl get. */
export const get: Command = {
  path: 'get',
  reads: true,
  use: 'get [(-o|--output=)json|yaml|name|wide|custom-columns=...] (TYPE[.GROUP] [NAME | -l label] | TYPE/NAME ...) [flags]',
  flags: [
    ...FILENAME,
    ...SELECTOR,
    ...FIELD_SELECTOR,
    ...OUTPUT,
    ...CHUNK_SIZE,
    flag.bool('all-namespaces', 'A'),
    flag.bool('watch', 'w'),
    flag.strings('label-columns', 'L'),
    flag.bool('server-print', undefined, true),
    ...['no-headers', 'show-labels', 'show-kind', 'ignore-not-found', 'watch-only', 'output-watch-events'].map((name) =>
      flag.bool(name),
    ),
    flag.text('sort-by'),
    flag.text('subresource'),
    flag.text('raw'),
  ],
  run,
};
