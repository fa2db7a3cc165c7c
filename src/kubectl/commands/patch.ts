/** kubectl patch. Follows staging/src/k8s.io/kubectl/pkg/cmd/patch/patch.go. */
import { parse } from 'yaml';
import { jsonKindOf } from '../../engine/api/decode-scalar';
import { goJson } from '../../engine/api/go-text';
import { readJson } from '../../engine/api/json-text';
import type { KubeObject } from '../../engine/api/meta';
import { applyPatch, type Patch } from '../../engine/api/patch/patch';
import { deepEqual } from '../../engine/api/plain';
import type { Client, PatchedPart } from '../../engine/client/client';
import type { Call, Command, Turn } from '../command';
import { type DryRun, dryRunOf, writeOptions } from '../dry-run';
import { isRefusal, KubectlError } from '../errors';
import { DRY_RUN, FIELD_MANAGER, FILENAME, flag, OUTPUT, RECORD } from '../flag-sets';
import { printResult } from '../output-format';
import { CHANGE_CAUSE, changeCause } from '../record';
import { badRequest, notFound, refuseBadName } from '../refusals';
import { qualified } from '../rest-mapping';
import { type Info, select, visit } from '../selection';

const PATCHED_PARTS: readonly PatchedPart[] = ['status', 'scale', 'resize', 'ephemeralcontainers'];
const TYPES = ['json', 'merge', 'strategic'];

function validate(call: Call, dryRun: DryRun): void {
  const { flags } = call;
  if (flags.text('patch') && flags.text('patch-file')) {
    throw new KubectlError('cannot specify --patch and --patch-file together');
  }
  if (!flags.text('patch') && !flags.text('patch-file')) {
    throw new KubectlError('must specify --patch or --patch-file containing the contents of the patch');
  }
  if (flags.bool('local') && call.args.length > 0)
    throw new KubectlError('cannot specify --local and server resources');
  if (flags.bool('local') && dryRun === 'server') {
    throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  const type = flags.text('type');
  if (!TYPES.includes(type.toLowerCase())) {
    throw new KubectlError(`--type must be one of [${TYPES.join(' ')}], not ${JSON.stringify(type)}`);
  }
}

/** The text of `--patch` or of the file that `--patch-file` names. */
function patchText({ flags, io }: Call): string {
  const file = flags.text('patch-file');
  if (!file) return flags.text('patch');
  const text = io.files.read(file);
  if (text !== undefined) return text;
  throw new KubectlError(`unable to read patch file: open ${file}: no such file or directory`);
}

/** What the libraries that patch without the server say of text that is no JSON object. */
const NO_DOCUMENT = { strategic: 'invalid JSON document', merge: 'Invalid JSON Patch', apply: '' } as const;

/** A JSON object goes to the server as it is, which then complains; anything else, lists included, is read as YAML. */
function readPatch(call: Call, isLocal: boolean): Patch {
  const text = patchText(call);
  const type = call.flags.text('type').toLowerCase() as Patch['type'];
  if (!/^\s*\{/.test(text)) return { type, body: readYaml(text, call.flags.text('patch')) };
  const { value, error, duplicates } = readJson(text);
  if (error !== undefined && isLocal) throw new KubectlError(type === 'json' ? error : NO_DOCUMENT[type]);
  if (error !== undefined) throw badRequest(type === 'strategic' ? error : `error decoding patch: ${error}`);
  return { type, body: value, duplicates };
}

/** Upstream quotes what `--patch` says, also where a file was read. */
function readYaml(text: string, said: string): unknown {
  try {
    return parse(text, { version: '1.1', maxAliasCount: 100 });
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] as string) : String(error);
    throw new KubectlError(`unable to parse ${JSON.stringify(said)}: ${why}`);
  }
}

/** What is said of a part that a kind does not have. Custom resources have no path of their own for each part. */
export function noPart(mapping: Info['mapping'], name: string): string {
  if (!mapping.schema) return 'the server could not find the requested resource';
  return `${qualified(mapping)} ${JSON.stringify(name)} not found`;
}

/** The part of an object that `--subresource` names. Throws when it has none of that name. */
export function subresourceOf(call: Call, info: Info): { subresource?: PatchedPart } {
  const name = call.flags.text('subresource');
  if (!name) return {};
  const subresource = PATCHED_PARTS.find((each) => each === name);
  if (!subresource || !info.mapping.subresources.includes(subresource)) {
    throw notFound(noPart(info.mapping, info.name));
  }
  return { subresource };
}

/** As Go prints a GroupVersionKind. */
const kindText = ({ group, version, kind }: Info['mapping']): string => `${group}/${version}, Kind=${kind}`;

/** Patches on the server; which kind it is that does not take this type of patch is said. */
function applyThere(
  call: Call,
  { mapping, namespace, name }: Info,
  patch: Patch,
  options: Parameters<Client['patch']>[4],
): KubeObject {
  refuseBadName(name);
  try {
    return call.io.client.patch(mapping.id, namespace, name, patch, options);
  } catch (error) {
    if (!isRefusal(error, 'UnsupportedMediaType')) throw error;
    const type = `application/${patch.type === 'strategic' ? 'strategic-merge' : patch.type}-patch+json`;
    throw new KubectlError(`${type} is not supported by ${kindText(mapping)}: ${error.message}`);
  }
}

const isLocal = (call: Call, dryRun: DryRun): boolean => dryRun === 'client' || call.flags.bool('local');

/** Without the API server, kubectl itself decodes the patch. */
function applyLocally(before: KubeObject, patch: Patch, mapping: Info['mapping']): KubeObject {
  if (patch.type === 'strategic' && mapping.schema) {
    throw new KubectlError(`strategic merge patch is not supported for ${kindText(mapping)} locally, try --type merge`);
  }
  if (patch.type === 'strategic' && !isRecord(patch.body)) throw new KubectlError(NO_DOCUMENT.strategic);
  if (patch.type === 'json' && !Array.isArray(patch.body)) {
    throw new KubectlError('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  }
  try {
    return decodedLocally(applyPatch(before, patch));
  } catch (error) {
    // What the API server keeps to itself.
    if (error instanceof Error && typeof error.cause === 'string') throw new KubectlError(error.cause);
    throw error;
  }
}

/** What a client-side patch made, read as kubectl reads any object (apimachinery's unstructured/helpers.go): it needs a kind; without a name, none is printed. */
function decodedLocally(value: unknown): KubeObject {
  if (value !== null && !isRecord(value)) {
    throw new KubectlError(`json: cannot unmarshal ${jsonKindOf(value)} into Go value of type unstructured.detector`);
  }
  const { apiVersion, kind, metadata, ...rest } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof kind !== 'string' || kind === '') throw new KubectlError(`Object 'Kind' is missing in '${goJson(value)}'`);
  const { name, ...others } = (isRecord(metadata) ? metadata : {}) as Readonly<Record<string, unknown>>;
  return {
    ...rest,
    apiVersion: typeof apiVersion === 'string' ? apiVersion : '',
    kind,
    metadata: { ...others, name: typeof name === 'string' ? name : '' },
  } as KubeObject;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function patchOne(call: Call, info: Info, patch: Patch): void {
  const dryRun = dryRunOf(call);
  const { id } = info.mapping;
  const { subresource } = subresourceOf(call, info);
  const before = subresource
    ? call.io.client.get<KubeObject>(id, info.namespace, info.name, subresource)
    : (info.object as KubeObject);
  let after: KubeObject;
  if (isLocal(call, dryRun)) after = applyLocally(before, patch, info.mapping);
  else {
    const options = { ...writeOptions(dryRun), subresource };
    after = applyThere(call, info, patch, options);
  }
  const isSame = deepEqual(before, after);
  const cause = changeCause(call);
  if (cause !== undefined && dryRun === 'none') {
    const body = { metadata: { annotations: { [CHANGE_CAUSE]: cause } } };
    after = call.io.client.patch(id, info.namespace, info.name, { type: 'merge', body });
  }
  // As kubectl has it: its words for patch and taint say nothing of a dry run.
  printResult(call, after, isSame ? 'patched (no change)' : 'patched');
}

function run(call: Call): Turn {
  const dryRun = dryRunOf(call);
  validate(call, dryRun);
  const patch = readPatch(call, isLocal(call, dryRun));
  const selection = select(call, {
    args: call.args,
    files: true,
    continueOnError: true,
    local: call.flags.bool('local'),
    // A part of an object is fetched alone.
    requireObject: call.flags.text('subresource') === '',
  });
  visit(selection, (info) => patchOne(call, info, patch));
  if (selection.entries.length === 0) throw new KubectlError('no objects passed to patch');
  return undefined;
}

/** kubectl patch. */
export const patch: Command = {
  path: 'patch',
  use: 'patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  flags: [
    ...FILENAME,
    ...DRY_RUN,
    ...OUTPUT,
    ...RECORD,
    ...FIELD_MANAGER,
    flag.text('patch', 'p'),
    flag.text('patch-file'),
    { name: 'type', type: 'string', default: 'strategic' },
    flag.text('subresource'),
    flag.bool('local'),
  ],
  run,
};
