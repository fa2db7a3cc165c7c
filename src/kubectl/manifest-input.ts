/**
 * What `-f` reads: standard input or a file as text, manifests of the editor by their name or kind, or manifests that were attached to the
 * command and stand for the file it names.
 * Follows the stream visitor of cli-runtime/pkg/resource/visitor.go and the schema check of kubectl/pkg/validation.
 */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeStrict } from '../engine/api/decode';
import { readJson } from '../engine/api/json-text';
import type { KindDefinition } from '../engine/api/kinds/definition';
import type { KubeObject } from '../engine/api/meta';
import type { Call } from './command';
import { asCommandError, KubectlError } from './errors';
import { manifestsNamed, pathInside } from './files';
import { readableStream } from './go-yaml/documents';
import { isList, itemsOf } from './manifest-list';
import { schemaProblem } from './schema-check';
import { NOT_A_MANIFEST, parseManifests } from './yaml';
import { yamlError } from './yaml-errors';

/** Manifests in order, and what could not be read. */
export interface ManifestInput {
  readonly manifests: readonly { readonly object: KubeObject; readonly source: string }[];
  readonly errors: readonly Error[];
  /** One file was named: neither a directory nor standard input. */
  readonly isOneFile: boolean;
}

/** Reads what the `-f` flags name. Throws KubectlError for a path that isn't there. */
export function manifestsOf(call: Call, files: readonly string[]): ManifestInput {
  const { process } = call;
  const manifests: { object: KubeObject; source: string }[] = [];
  const errors: Error[] = [];
  for (const file of process.documents ? files : files.flatMap((each) => expanded(call, each))) {
    const source = process.source ?? (file === '-' ? 'STDIN' : file);
    const read = process.documents ? { objects: process.documents, problem: undefined } : readFile(call, file);
    const checked = untilInvalid(call, read.objects, source);
    for (const whole of checked.objects) {
      const meant = meantBy(call, whole, source);
      errors.push(...meant.errors);
      manifests.push(...meant.objects.map((object) => ({ object, source })));
    }
    if (checked.problem) errors.push(checked.problem);
    else if (read.problem) errors.push(new KubectlError(read.problem(source)));
  }
  return { manifests, errors, isOneFile: files.length === 1 && !isOpenEnded(call, files[0] as string) };
}

/** What a manifest stands for: itself, or the items of a list. */
function meantBy(
  call: Call,
  whole: KubeObject,
  source: string,
): { readonly objects: readonly KubeObject[]; readonly errors: readonly Error[] } {
  if (!isList(whole)) return { objects: [whole], errors: [] };
  try {
    return itemsOf(call.io.client.discovery(), whole, source);
  } catch (error) {
    return { objects: [], errors: [asCommandError(error)] };
  }
}

/** Whether what `-f` names is standard input or a directory, so that a list is expected of it. */
function isOpenEnded({ process, io: { files } }: Call, file: string): boolean {
  if (file === '-') return true;
  return !process.documents && files.read(file) === undefined && files.list(file).length > 0;
}

/** The manifests' files in a directory, or the file itself. Throws when there is neither. */
function expanded(call: Call, file: string): readonly string[] {
  const { files } = call.io;
  if (file === '-' || files.read(file) !== undefined) return [file];
  const inside = files.list(file);
  if (inside.length === 0) return [file];
  const isNear = (path: string): boolean => !pathInside(file, path).includes('/');
  const found = inside.filter((path) => (call.flags.bool('recursive') || isNear(path)) && /\.(ya?ml|json)$/.test(path));
  if (found.length > 0) return found;
  throw new KubectlError(`error reading [${file}]: recognized file extensions are [.json .yaml .yml]`);
}

function readFile(call: Call, file: string): ReturnType<typeof readText> {
  if (file === '-') return readText(call.process.stdin ?? '');
  const { files, client } = call.io;
  const text = files.read(file);
  if (text !== undefined) return readText(text);
  const objects = manifestsNamed(client.discovery(), files.manifests, file);
  if (!objects) throw unreadable(file);
  return { objects, problem: undefined };
}

function unreadable(file: string): KubectlError {
  if (!/^https?:\/\//.test(file)) return new KubectlError(`the path ${JSON.stringify(file)} does not exist`);
  return new KubectlError(`unable to read URL ${JSON.stringify(file)}`, {
    note: 'kubestep: a simulated cluster has no network to the outside; paste the manifest instead',
  });
}

/** The end of the JSON object that begins at `start`, after its last bracket; -1 when it does not end. */
function jsonEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1;
  }
  return -1;
}

/** The documents of a stream of JSON objects, of which there are several (or something else follows the first); undefined when it is none. */
function jsonDocuments(text: string): string[] | undefined {
  const parts: string[] = [];
  for (let start = text.search(/\S/); start >= 0 && start < text.length; ) {
    if (text[start] !== '{') return isJson(parts[0]) ? parts : undefined;
    const end = jsonEnd(text, start);
    if (end < 0) return undefined;
    parts.push(text.slice(start, end));
    const blank = /\s*/y;
    blank.lastIndex = end;
    blank.exec(text);
    start = blank.lastIndex;
  }
  return parts.length > 1 ? parts : undefined;
}

function readText(text: string): {
  objects: readonly KubeObject[];
  problem: ((source: string) => string) | undefined;
} {
  const stream = jsonDocuments(text);
  if (stream) {
    const objects = stream.flatMap((part) => readText(part).objects);
    const end = afterDocuments(text, stream);
    if (end === text.length) return { objects, problem: undefined };
    const more = readText(text.slice(end));
    if (!more.problem) return { objects: [...objects, ...more.objects], problem: undefined };
    return { objects, problem: (source) => `error parsing ${source}: ${jsonError(text, end)}` };
  }
  const readable = text.trimStart().startsWith('{') ? { text, error: undefined } : readableStream(text);
  const { documents, problems } = parseManifests(readable.text, { lenient: true, wholeLists: true });
  const objects = documents.map(({ object }) => object);
  const [first] = problems;
  if (!first) {
    const { error } = readable;
    return { objects, problem: error === undefined ? undefined : (source) => `error parsing ${source}: ${error}` };
  }
  if (first.message.startsWith(NOT_A_MANIFEST)) {
    return { objects, problem: (source) => invalidData(source, 'invalid object to validate') };
  }
  const why = jsonError(text) ?? `error converting YAML to JSON: ${yamlError(problems)}`;
  return {
    objects,
    problem: (source) => `error parsing ${source}: ${why}`,
  };
}

const isJson = (text: string | undefined): boolean => text !== undefined && readJson(text).error === undefined;

/** Where the documents of a stream end: at the end of the text, or where something else begins. */
function afterDocuments(text: string, documents: readonly string[]): number {
  let at = 0;
  for (const document of documents) at = text.indexOf(document, at) + document.length;
  return at + text.slice(at).search(/\S|$/);
}

/** A text that begins like JSON and is neither that nor YAML is told of as JSON. Follows apimachinery/pkg/util/yaml/decoder.go. */
function jsonError(text: string, from = 0): string | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  const { error, read = 0 } = readJson(text.slice(from));
  if (error === undefined || error.endsWith('after top-level value')) return undefined;
  if (from + read > text.length) return 'unexpected EOF';
  return `json: offset ${utf8ToBytes(text.slice(0, from + read)).length}: ${error}`;
}

function invalidData(source: string, why: string): string {
  return (
    `error validating ${JSON.stringify(source)}: error validating data: ${why}; ` +
    'if you choose to ignore these errors, turn validation off with --validate=false'
  );
}

/** What is wrong with how an object says what it is. Follows validateType's words in kubectl/pkg/validation/validation.go. */
export function typeProblems(object: Readonly<Record<string, unknown>>): string[] {
  return ['apiVersion', 'kind'].flatMap((field) => {
    const value = object[field];
    if (value === undefined || value === null || value === '') return [`${field} not set`];
    return typeof value === 'string' ? [] : [`${field} isn't string type`];
  });
}

/** kubectl decodes the metadata of what it reads, and nothing else, before it sends it. Throws KubectlError. */
export function refuseBadMetadata({ metadata }: KubeObject, source: string): void {
  const { typeError } = decodeStrict({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
  if (typeError === undefined) return;
  const words = typeError.replace('ConfigMap.metadata', 'metadataOnlyObject.metadata');
  throw new KubectlError(`unable to decode ${JSON.stringify(source)}: ${words}`);
}

/** What kubectl reads as the Go type of its kind must be of that type; fields that it has not are passed over. Throws KubectlError. */
export function refuseUndecodable(object: KubeObject, { schema, type }: KindDefinition, source: string): void {
  const { typeError } = schema ? {} : decodeStrict(object, type);
  if (typeError !== undefined) throw new KubectlError(`unable to decode ${JSON.stringify(source)}: ${typeError}`);
}

/** The first document without apiVersion or kind ends the stream, as the decoder does. */
function untilInvalid(
  call: Call,
  objects: readonly KubeObject[],
  source: string,
): { objects: KubeObject[]; problem?: KubectlError } {
  const good: KubeObject[] = [];
  for (const object of objects) {
    const missing = typeProblems(object);
    if (missing.length > 0) {
      const list = missing.length === 1 ? (missing[0] as string) : `[${missing.join(', ')}]`;
      return { objects: good, problem: new KubectlError(invalidData(source, list)) };
    }
    const odd = (['apiVersion', 'kind'] as const).find((field) => typeof object[field] !== 'string');
    if (odd) return { objects: good, problem: new KubectlError(invalidData(source, `${odd} isn't string type`)) };
    if (object.apiVersion.split('/').length > 2) {
      const why = `unexpected GroupVersion string: ${object.apiVersion}`;
      return { objects: good, problem: new KubectlError(invalidData(source, why)) };
    }
    const why = schemaProblem(call, object);
    if (why !== '') return { objects: good, problem: new KubectlError(invalidData(source, why)) };
    good.push(object);
  }
  return { objects: good };
}
