/**
 * What the API server reads from the body of a write. Typed clients' own writes are only copied; what people send is decoded: the kind and
 * version it claims, then field by field, with unknown fields refused, warned of or dropped as the request asks.
 * Follows apiserver/pkg/endpoints/handlers/{create,update,patch,rest}.go and apimachinery/pkg/runtime/serializer/json/{json,meta}.go.
 * Left out: conversion from versions of a kind that are no longer served.
 */
import { decodeCustom } from '../api/custom-resources/custom-decode';
import { type Decoded, decodeError, decodePatched, decodeStrict } from '../api/decode';
import { jsonKindOf } from '../api/decode-scalar';
import type { KindDefinition } from '../api/kinds/definition';
import type { KubeObject } from '../api/meta';
import { goText } from '../api/patch/merge-lists';
import { clonePlain } from '../api/plain';
import { apiVersionOf, findResource } from '../api/scheme';
import { badRequest, invalid, type StatusError } from '../api/status-error';
import { quoteGo } from '../api/validation/field-errors';
import type { Exchange } from './exchange';

/** What a body is to be decoded as. */
export type Target = Pick<KindDefinition, 'group' | 'version' | 'kind' | 'type'> &
  Partial<Pick<KindDefinition, 'schema'>>;

type Fields = Readonly<Record<string, unknown>>;

const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
const SHOWN_BYTES = 30;

/** The kind and version that a body claims, or why they can't be read. */
type Claim = { readonly apiVersion: string; readonly kind: string } | { readonly error: string };

function readClaim(body: unknown): Claim {
  const unreadable = (why: string): Claim => ({ error: `couldn't get version/kind; json parse error: json: ${why}` });
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return body === null
      ? { apiVersion: '', kind: '' }
      : unreadable(`cannot unmarshal ${jsonKindOf(body)} into Go value of type ${TYPE_META}`);
  }
  const { apiVersion = null, kind = null } = body as Fields;
  for (const [field, value] of [
    ['apiVersion', apiVersion],
    ['kind', kind],
  ] as const) {
    if (value === null || typeof value === 'string') continue;
    return unreadable(`cannot unmarshal ${jsonKindOf(value)} into Go struct field .${field} of type string`);
  }
  const claim = { apiVersion: (apiVersion ?? '') as string, kind: (kind ?? '') as string };
  return claim.apiVersion.split('/').length > 2
    ? { error: `unexpected GroupVersion string: ${claim.apiVersion}` }
    : claim;
}

/** What is wrong with another kind or version than the one expected, or undefined. */
function mismatch(apiVersion: string, kind: string, target: Target): string | undefined {
  const expected = apiVersionOf(target);
  if (apiVersion === expected && kind === target.kind) return undefined;
  const other = findResource(kind);
  if (!other || apiVersionOf(other) !== apiVersion) {
    return `no kind ${quoteGo(kind)} is registered for version ${quoteGo(apiVersion)} in scheme "pkg/runtime/scheme.go:111"`;
  }
  return `converting (${other.version}.${kind}) to (${target.group.split('.')[0] || 'core'}.${target.kind}): unknown conversion`;
}

/** Decodes by a type, or by the schema of a custom kind. */
function decodeAs(object: KubeObject, { type, schema }: Target): Decoded {
  return schema ? decodeCustom(object, schema) : decodeStrict(object, type);
}

/** A body decoded as its own type, with the type's kind and version whatever it claimed. */
function typed(decoded: Decoded, target: Target): KubeObject {
  return { ...clonePlain(decoded.object), apiVersion: apiVersionOf(target), kind: target.kind };
}

/** Refuses, tells or ignores unknown fields. */
function judge(
  exchange: Exchange,
  decoded: Decoded,
  refuse: (why: string) => StatusError,
  more: readonly string[] = [],
): void {
  const { fieldValidation = 'Warn' } = exchange.options;
  if (decoded.typeError) throw refuse(decoded.typeError);
  if (fieldValidation === 'Ignore') return;
  const unknown = [...more, ...decoded.unknown.map((path) => `unknown field ${JSON.stringify(path)}`)];
  if (fieldValidation === 'Warn') for (const each of unknown) exchange.warn(each);
  else if (unknown.length > 0)
    throw refuse(decodeError({ ...decoded, unknown: [] }) ?? `strict decoding error: ${unknown.join(', ')}`);
}

/** A fresh copy of a create's or update's body to work on. Throws 400. */
export function decodeBody(exchange: Exchange, target: Target = exchange.info): KubeObject {
  const { body } = exchange.request;
  if (exchange.options.typed) return clonePlain(body as KubeObject);
  const claim = readClaim(body);
  if ('error' in claim) throw unrecognized(claim.error, body, target);
  const kind = claim.kind || target.kind;
  const apiVersion = claim.apiVersion || apiVersionOf(target);
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const refuse = (why: string) =>
    badRequest(`${kind} in version ${quoteGo(version)} cannot be handled as a ${target.kind}: ${why}`);
  const wrong = mismatch(apiVersion, kind, target);
  if (wrong) throw refuse(wrong);
  const decoded = decodeAs((body ?? {}) as KubeObject, target);
  judge(exchange, decoded, refuse);
  return typed(decoded, target);
}

function unrecognized(why: string, body: unknown, { kind }: Target): StatusError {
  const text = JSON.stringify(body);
  const shown = text.startsWith('{') ? text.slice(0, SHOWN_BYTES) : hex(text.slice(0, SHOWN_BYTES));
  const rest = text.length > SHOWN_BYTES ? ' ...' : '';
  return badRequest(`the object provided is unrecognized (must be of type ${kind}): ${why} (${shown}${rest})`);
}

function hex(text: string): string {
  return [...text].map((character) => (character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')).join('');
}

function invalidPatch(value: string, why: string): StatusError {
  const message = `Invalid value: ${quoteGo(value)}: ${why}`;
  return invalid('', '', '', [{ type: 'FieldValueInvalid', field: 'patch', message }]);
}

/** What a strategic merge patch left of an object, decoded; the kind and version it claims now do not matter. Throws 422. */
export function decodeMerged(
  exchange: Exchange,
  patched: unknown,
  target: Target,
  patchWarnings: readonly string[],
  restOf: (patch: Fields) => Fields,
): KubeObject {
  if (exchange.options.typed) return clonePlain(patched as KubeObject);
  const decoded = decodePatched(patched as KubeObject, target.type);
  judge(exchange, decoded, (why) => invalidPatch(goText(restOf(exchange.request.body as Fields)), why), patchWarnings);
  return typed(decoded, target);
}

/** What a JSON or JSON merge patch left of an object, read like a text somebody sent. Throws 422. */
export function decodeEdited(
  exchange: Exchange,
  patched: unknown,
  target: Target,
  patchWarnings: readonly string[],
): KubeObject {
  if (exchange.options.typed) return clonePlain(patched as KubeObject);
  const refuse = (why: string) => invalidPatch(JSON.stringify(patched), why);
  const claim = readClaim(patched);
  if ('error' in claim) throw refuse(claim.error);
  const kind = claim.kind || target.kind;
  if (!claim.apiVersion && kind === target.kind) return decodeInternal(exchange, patched as Fields, refuse, target);
  const wrong = mismatch(claim.apiVersion, kind, target);
  if (wrong) throw refuse(wrong);
  const decoded = decodeAs(patched as KubeObject, target);
  judge(exchange, decoded, refuse, patchWarnings);
  return typed(decoded, target);
}

/** Without a version it is taken for the internal form, in which none of the fields have the names they are written with. */
function decodeInternal(
  exchange: Exchange,
  patched: Fields,
  refuse: (why: string) => StatusError,
  target: Target,
): KubeObject {
  const unknown = Object.keys(patched ?? {})
    .filter((field) => field !== 'kind' && field !== 'apiVersion')
    .sort();
  const object = { apiVersion: '', kind: target.kind, metadata: {} } as KubeObject;
  judge(exchange, { object, unknown }, refuse);
  return object;
}
