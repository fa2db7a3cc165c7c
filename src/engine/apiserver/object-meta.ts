/**
 * What the API server does to metadata on create and update, for every kind.
 * Follows apiserver/pkg/registry/rest/{create,update,meta}.go and storage/names/generate.go.
 */
import type { FieldError } from '../api/field-error';
import type { KindDefinition } from '../api/kinds/definition';
import type { RandomSource } from '../api/kinds/strategy';
import type { KubeObject, ObjectMeta } from '../api/meta';
import type { ApiRequest } from '../api/request';
import { apiVersionOf } from '../api/scheme';
import { badRequest, notFound } from '../api/status-error';
import { quoteGo } from '../api/validation/field-errors';
import { Random } from '../kernel/random';
import type { RequestContext } from './strategy';

/** Characters of generated suffixes: no vowels and no look-alikes, so no words arise. */
const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const HEX = '0123456789abcdef';
/** A generated name has 63 characters at most. */
const MAX_GENERATED_PREFIX = 58;

/** Five random characters as upstream appends them to generateName. */
export function randomSuffix(random: RandomSource): string {
  let text = '';
  for (let index = 0; index < 5; index++) text += SUFFIX_ALPHABET[random.below(SUFFIX_ALPHABET.length)];
  return text;
}

/** The eight hexadecimal digits of a word, the lowest first. */
function digitsOf(word: number): string {
  const bytes = ((word >>> 4) & 0x0f0f0f0f) | ((word & 0x0f0f0f0f) << 4);
  const turned = (bytes >>> 24) | ((bytes >>> 8) & 0xff00) | ((bytes & 0xff00) << 8) | (bytes << 24);
  return (turned >>> 0).toString(16).padStart(8, '0');
}

/** A version 4 UUID. */
export function randomUid(random: RandomSource): string {
  let text = '';
  for (let word = 0; word < 4; word++) text += digitsOf(random.next32());
  const variant = HEX[8 + (Number.parseInt(text[16] as string, 16) & 3)];
  const parts = [
    text.slice(0, 8),
    text.slice(8, 12),
    `4${text.slice(13, 16)}`,
    variant + text.slice(17, 20),
    text.slice(20),
  ];
  return parts.join('-');
}

/** The namespace of the request holds; an object that names another one is refused (400). */
function takeNamespace(meta: ObjectMeta, namespaced: boolean, namespace: string | undefined): void {
  if (!namespaced) delete meta.namespace;
  else if (!meta.namespace) meta.namespace = namespace;
  else if (namespace && meta.namespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
}

/** Holds an object that is to be written against the URL it was sent to. Changes `draft` in place. Throws 400. */
export function matchRequest(draft: KubeObject, { name = '', namespace }: ApiRequest, info: KindDefinition): void {
  takeNamespace(draft.metadata, info.namespaced, namespace);
  const given = draft.metadata.name;
  if (!given) {
    throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  }
  if (given === name) return;
  throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
}

/** Fills what the server makes at creation. Changes `draft` in place. */
export function completeMetadata(
  draft: KubeObject,
  info: KindDefinition,
  namespace: string | undefined,
  request: RequestContext,
): void {
  draft.apiVersion ??= apiVersionOf(info);
  draft.metadata ??= {} as ObjectMeta;
  const meta = draft.metadata;
  takeNamespace(meta, info.namespaced, namespace);
  if (meta.resourceVersion) throw badRequest('resourceVersion should not be set on objects to be created');
  // Where there is neither, the validation says so among the rest.
  const { generateName } = meta;
  meta.name ||= generateName ? generateName.slice(0, MAX_GENERATED_PREFIX) + randomSuffix(request.random) : '';
  const owner = info.hasUidOfOwner ? meta.ownerReferences?.[0]?.uid : undefined;
  meta.uid = randomUid(owner ? Random.split(0, `${info.kind} ${owner} ${request.now}`) : request.random);
  meta.creationTimestamp = request.now;
  delete meta.deletionTimestamp;
  delete meta.deletionGracePeriodSeconds;
  if (info.countsGenerations) meta.generation = 1;
  if (info.namespaced && info.kind !== 'Event' && !request.find('Namespace', undefined, meta.namespace as string)) {
    throw notFound('', 'namespaces', meta.namespace as string);
  }
}

const IMMUTABLE = ['uid', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const;

/** What an update tries to change of the metadata that only the server sets. What it leaves out stays, and is no change. */
export function immutableMetadataErrors(meta: ObjectMeta, old: ObjectMeta): FieldError[] {
  const errors: FieldError[] = [];
  for (const field of IMMUTABLE) {
    const isKept = field === 'deletionTimestamp' && old.deletionTimestamp !== undefined;
    const value = meta[field];
    if (value === undefined || isKept || value === old[field]) continue;
    const shown = typeof value === 'string' ? quoteGo(value) : value;
    const message = `Invalid value: ${shown}: field is immutable`;
    errors.push({ type: 'FieldValueInvalid', field: `metadata.${field}`, message });
  }
  return errors;
}

/** Puts back what an update may not change. Changes `draft` in place. */
export function keepMetadata(draft: KubeObject, old: KubeObject, info: KindDefinition): void {
  const meta = draft.metadata;
  const before = old.metadata;
  draft.apiVersion = old.apiVersion;
  draft.kind = old.kind;
  if (info.namespaced) meta.namespace = before.namespace;
  setOrDrop(meta, 'uid', before.uid);
  setOrDrop(meta, 'creationTimestamp', before.creationTimestamp);
  setOrDrop(meta, 'deletionTimestamp', before.deletionTimestamp);
  setOrDrop(meta, 'deletionGracePeriodSeconds', before.deletionGracePeriodSeconds);
  setOrDrop(meta, 'generation', before.generation);
  setOrDrop(meta, 'resourceVersion', before.resourceVersion);
  if (before.generateName && meta.generateName === undefined) meta.generateName = before.generateName;
}

function setOrDrop<K extends keyof ObjectMeta>(meta: ObjectMeta, field: K, value: ObjectMeta[K] | undefined): void {
  if (value === undefined) delete meta[field];
  else meta[field] = value;
}

/** What a write of status stores: the old object with the new status, and what else its kind lets through. */
export function statusDraft(old: KubeObject, wanted: KubeObject, info: KindDefinition): KubeObject {
  const metadata = { ...old.metadata };
  for (const field of info.statusMetadata) setOrDrop(metadata, field, wanted.metadata[field]);
  return { ...old, metadata, status: wanted.status };
}
