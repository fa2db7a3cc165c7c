/**
 * Which objects a command line means: `deploy,rs`, `pod a b`, `pod/a svc/b`, selectors, `--all`, `-f`.
 * Follows cli-runtime/pkg/resource/builder.go and visitor.go, with their words; URLs and directories can't be read here.
 */

import type { Discovery } from '../engine/api/discovery';
import type { KindDefinition } from '../engine/api/kinds/definition';
import type { KubeObject } from '../engine/api/meta';
import type { Call } from './command';
import { asCommandError, attempt, isRefusal, KubectlError, ManyErrors, throwAll } from './errors';
import { fetchedObject, isTyped, listed } from './listing';
import { manifestsOf, refuseBadMetadata, refuseUndecodable } from './manifest-input';
import { namedKind } from './named-kind';
import { refuseBadName } from './refusals';
import { expandCategory, mappingOfObject } from './rest-mapping';

/** One object meant by the command line; `object` is what was found or read. */
export interface Info {
  readonly mapping: KindDefinition;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly object?: KubeObject;
  /** The file it was read from. */
  readonly source?: string;
}

/** What is visited: an object, or why it could not be had; `mapping` where that is true of all of a kind. */
export type Entry = { readonly info: Info } | { readonly error: Error; readonly mapping?: KindDefinition };

/** The answer to a {@link Query}. */
export interface Selection {
  readonly entries: readonly Entry[];
  /** One object was named, so that the answer is that object and not a list. */
  readonly singleItemImplied: boolean;
  /** The kinds asked for when it was by selector; a named object leaves it empty. */
  readonly mappings: readonly KindDefinition[];
}

/** How a command resolves its arguments; the names are those of the builder's methods. */
export interface Query {
  readonly args?: readonly string[];
  /** A lone type means all of its objects. */
  readonly allowEmptySelector?: boolean;
  readonly selectAll?: boolean;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly allNamespaces?: boolean;
  readonly files?: boolean;
  /** Named objects are fetched; default true. */
  readonly requireObject?: boolean;
  /** Objects of files are fetched. */
  readonly latest?: boolean;
  /** Objects of files that have no name stand for themselves, where nothing is asked for by that name. */
  readonly nameless?: boolean;
  /** Nothing is asked of the server, so that it is not known what lies in a namespace, and none is filled in. */
  readonly local?: boolean;
  readonly continueOnError?: boolean;
}

/** Why nothing was selected. */
const MISSING_RESOURCE = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

interface Parts {
  types: string[];
  names: string[];
  tuples: { resource: string; name: string }[];
}

/** The namespace a command works in. */
export function namespaceOf(call: Call): string {
  return call.flags.text('namespace') || call.io.kubeconfig.namespace || 'default';
}

/** The usual query: arguments, `-f` and the selector flags that the command has. */
export function standardQuery(call: Call, args: readonly string[], allowEmptySelector: boolean): Query {
  return {
    args,
    allowEmptySelector,
    labelSelector: call.flags.given('selector') ? call.flags.text('selector') : undefined,
    fieldSelector: call.flags.text('field-selector') || undefined,
    allNamespaces: call.flags.bool('all-namespaces'),
    files: true,
    continueOnError: true,
  };
}

/** Finds what a query means. Throws KubectlError when the command line makes no sense. */
export function select(call: Call, query: Query): Selection {
  if (query.selectAll && (query.labelSelector || query.fieldSelector)) {
    throw new KubectlError("setting 'all' parameter but found a non empty selector. ");
  }
  const discovery = call.io.client.discovery();
  const parts = readArguments(discovery, query.args ?? []);
  const files = query.files ? call.flags.list('filename') : [];
  if (files.length > 0) return selectFiles(call, query, parts, files);
  const lone = parts.types.length > 0 && parts.names.length === 0 && query.allowEmptySelector;
  const selector = query.labelSelector || (query.selectAll || lone ? '' : undefined);
  if (selector !== undefined || query.fieldSelector) return selectMatching(call, query, parts, selector ?? '');
  if (parts.tuples.length > 0) return selectTuples(call, query, parts);
  if (parts.names.length > 0) return selectNames(call, query, parts);
  for (const type of parts.types) namedKind(call, type);
  if (parts.types.length > 0) throw new KubectlError('resource(s) were provided, but no name was specified');
  throw new KubectlError(MISSING_RESOURCE);
}

/** Runs a function over what was selected; what goes wrong is collected and thrown at the end, or at once. */
export function visit(
  selection: Pick<Selection, 'entries'>,
  visitor: (info: Info) => void,
  options: { stopAtFirst?: boolean } = {},
): void {
  const errors: Error[] = [];
  for (const entry of selection.entries) {
    try {
      if ('error' in entry) throw entry.error;
      visitor(entry.info);
    } catch (error) {
      errors.push(asCommandError(error));
      if (options.stopAtFirst) break;
    }
  }
  throwAll(errors);
}

/** What was selected, apart into objects and errors. */
export function settle(selection: Selection): { infos: Info[]; errors: Error[] } {
  const infos = selection.entries.flatMap((entry) => ('info' in entry ? [entry.info] : []));
  const errors = selection.entries.flatMap((entry) => ('error' in entry ? [entry.error] : []));
  return { infos, errors };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** `a,b x y` means `a/x a/y b/x b/y`. */
function normalized(args: readonly string[]): readonly string[] {
  const types = unique((args[0] ?? '').split(','));
  if (args.length < 2 || types.length < 2) return args;
  return types.flatMap((type) => args.slice(1).map((name) => `${type}/${name}`));
}

function readArguments(discovery: Discovery, args: readonly string[]): Parts {
  const words = normalized(args);
  const slashed = words.filter((word) => word.includes('/')).length;
  if (slashed > 0 && slashed !== words.length) {
    throw new KubectlError(
      'there is no need to specify a resource type as a separate argument when passing arguments in resource/name form ' +
        "(e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
    );
  }
  if (slashed > 0) return { types: [], names: [], tuples: words.map(readTuple) };
  const [types = '', ...names] = words;
  const expanded = types === '' ? [] : types.split(',').flatMap((type) => expandCategory(discovery, type));
  return { types: unique(expanded), names, tuples: [] };
}

function readTuple(word: string): { resource: string; name: string } {
  const [resource = '', name = '', ...more] = word.split('/');
  if (more.length > 0) throw new KubectlError('arguments in resource/name form may not have more than one slash');
  if (!resource || !name || resource.includes(',')) {
    throw new KubectlError('arguments in resource/name form must have a single resource and name');
  }
  return { resource, name };
}

function selectMatching(call: Call, query: Query, parts: Parts, labelSelector: string): Selection {
  if (parts.names.length > 0) throw new KubectlError('name cannot be provided when a selector is specified');
  if (parts.tuples.length > 0) {
    throw new KubectlError('selectors and the all flag cannot be used when passing resource/name arguments');
  }
  if (parts.types.length === 0) throw new KubectlError('at least one resource must be specified to use a selector');
  const mappings = [...new Set(parts.types.map((type) => namedKind(call, type)))];
  const namespace = query.allNamespaces ? undefined : namespaceOf(call);
  const entries: Entry[] = [];
  for (const mapping of mappings) {
    const scope = mapping.namespaced ? namespace : undefined;
    const found = attempt(() => listed(call.io.client, mapping, scope, labelSelector, query.fieldSelector ?? ''));
    if (found instanceof Error) entries.push({ error: found, mapping });
    else entries.push(...found.map((object) => ({ info: infoOf(mapping, object) })));
  }
  return { entries, singleItemImplied: false, mappings };
}

/** The Info of an object that was found on the server. */
export function infoOf(mapping: KindDefinition, object: KubeObject): Info {
  return { mapping, namespace: object.metadata.namespace, name: object.metadata.name, object };
}

function fetched(call: Call, query: Query, mapping: KindDefinition, name: string): Entry {
  const namespace = mapping.namespaced ? namespaceOf(call) : undefined;
  if (query.requireObject === false) return { info: { mapping, namespace, name } };
  const object = attempt(() => fetchedObject(call, mapping, namespace, name));
  return object instanceof Error ? { error: object } : { info: { mapping, namespace, name, object } };
}

function refuseAllNamespaces(query: Query): void {
  if (query.allNamespaces) throw new KubectlError('a resource cannot be retrieved by name across all namespaces');
}

function selectTuples(call: Call, query: Query, parts: Parts): Selection {
  const mapped = parts.tuples.map(({ resource, name }) => ({ mapping: namedKind(call, resource), name }));
  if (mapped.some(({ mapping }) => mapping.namespaced)) refuseAllNamespaces(query);
  const entries = mapped.map(({ mapping, name }) => fetched(call, query, mapping, name));
  return { entries, singleItemImplied: entries.length === 1, mappings: [] };
}

function selectNames(call: Call, query: Query, parts: Parts): Selection {
  if (parts.types.length > 1) throw new KubectlError('you must specify only one resource');
  const mapping = namedKind(call, parts.types[0] ?? '');
  if (mapping.namespaced) refuseAllNamespaces(query);
  const entries = parts.names.map((name) => fetched(call, query, mapping, name));
  return { entries, singleItemImplied: entries.length === 1, mappings: [] };
}

function selectFiles(call: Call, query: Query, parts: Parts, files: readonly string[]): Selection {
  const where = 'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well';
  if (parts.types.length > 0 && parts.names.length === 0) throw new KubectlError(where);
  if (parts.names.length > 0) throw new KubectlError('name cannot be provided when a path is specified');
  if (parts.tuples.length > 0) {
    throw new KubectlError('resource/name arguments cannot be provided when a path is specified');
  }
  const read = manifestsOf(call, files);
  const unread: Error[] = [];
  const entries: Entry[] = [];
  for (const { object, source } of read.manifests) {
    const mapping = attempt(() => {
      refuseBadMetadata(object, source);
      const found = mappingOfObject(call.io.client.discovery(), object, source);
      if (isTyped(call.command)) refuseUndecodable(object, found, source);
      return found;
    });
    if (mapping instanceof Error) unread.push(mapping);
    else entries.push(...fileEntry(call, query, { mapping, object, source }, unread));
  }
  unread.push(...read.errors);
  return { entries: [...entries, ...combined(unread)], singleItemImplied: read.isOneFile, mappings: [] };
}

/** What couldn't be read comes last and counts as one error. */
function combined(errors: readonly Error[]): Entry[] {
  const [first, ...others] = errors;
  if (!first) return [];
  return [{ error: others.length > 0 ? new ManyErrors(errors) : first }];
}

interface Manifest {
  readonly mapping: KindDefinition;
  readonly object: KubeObject;
  readonly source: string;
}

function fileEntry(call: Call, query: Query, manifest: Manifest, unread: Error[]): Entry[] {
  const info = attempt(() => fileInfo(call, manifest, query.local));
  if (info instanceof Error) return [{ error: info }];
  if (!query.latest || (query.nameless && info.name === '')) return [{ info }];
  const live = attempt(() => fetchedObject(call, info.mapping, info.namespace, info.name));
  if (!(live instanceof Error)) return [{ info: { ...info, object: live } }];
  unread.push(live);
  return [];
}

function fileInfo(call: Call, { mapping, object, source }: Manifest, isLocal = false): Info {
  const metadata = object.metadata ?? {};
  const name = metadata.name ?? '';
  if (!mapping.namespaced || isLocal)
    return { mapping, namespace: metadata.namespace, name, object: { ...object, metadata }, source };
  const namespace = metadata.namespace || namespaceOf(call);
  const wanted = call.flags.text('namespace');
  if (wanted && namespace !== wanted) {
    const quote = JSON.stringify;
    throw new KubectlError(
      `the namespace from the provided object ${quote(namespace)} does not match the namespace ${quote(wanted)}. ` +
        `You must pass '--namespace=${namespace}' to perform this operation.`,
    );
  }
  return { mapping, namespace, name, object: { ...object, metadata: { ...metadata, name, namespace } }, source };
}

/** Fetches an object, or undefined when it is not there. */
export function current(call: Call, info: Info): KubeObject | undefined {
  refuseBadName(info.name);
  return call.io.client.find(info.mapping.id, info.namespace, info.name);
}

/** True when the error only says that something is not there. */
export function isMissing(error: Error): boolean {
  return isRefusal(error, 'NotFound');
}
