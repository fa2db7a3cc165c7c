/**
 * Decoding of an object that somebody else wrote, strictly and in the API server's words: unknown fields, values of the
 * wrong type, and the normal form in which the object is kept (no nulls, nothing empty that Go's encoder would omit,
 * canonical quantities and times, empty structs where Go has them by value).
 * Follows sigs.k8s.io/json (decode.go), apimachinery/pkg/runtime/converter.go for patched objects, and
 * transformDecodeError in apiserver/pkg/endpoints/handlers/rest.go. managedFields are read by apiserver/managed-fields.ts and not stored.
 */

import { conversionError, decodeScalar, goNameOf, goTypeName, jsonKindOf, typeNameOf } from './decode-scalar';
import type { KubeObject, ObjectMeta } from './meta';
import { putIn } from './plain';
import { type FieldSchema, typeSchema } from './schema';

/** What decoding found. */
export interface Decoded {
  /** The object in normal form. Only usable when nothing is wrong. */
  readonly object: KubeObject;
  /** Paths of unknown fields, e.g. `spec.template.spec.containers[0].imag`. */
  readonly unknown: readonly string[];
  /** The one type error that is reported, e.g. `json: cannot unmarshal …`. It outranks unknown fields. */
  readonly typeError?: string;
  /** The path of the field with the type error. */
  readonly typeErrorField?: string;
}

type Fields = Record<string, unknown>;

/** Where a value stands: the struct it is in, its Go path (without indexes) and its path as users read it. */
interface Place {
  readonly struct: string;
  readonly goPath: string;
  readonly path: string;
}

/** One decoding under way. */
interface Decoding {
  readonly unknown: string[];
  /** True for the words of patched objects. */
  readonly patched: boolean;
  error: { message: string; field: string } | undefined;
  /** True once an error has ended decoding. */
  stopped: boolean;
}

const MAX_UNKNOWN = 100;

/** Decodes an object as a type; a kind is the type of the same name. */
export function decodeStrict(object: KubeObject, type: string = object.kind): Decoded {
  return decode(object, type, false);
}

/** What decoding found in metadata that stands by itself, as that of custom resources is read. */
export interface DecodedMetadata extends Omit<Decoded, 'object'> {
  readonly metadata: ObjectMeta;
}

/** Metadata of an object that has no type; `path` is where it stands. */
export function decodeMetadata(metadata: unknown, path: string): DecodedMetadata {
  const decoding: Decoding = { unknown: [], patched: false, error: undefined, stopped: false };
  const place = { struct: '', goPath: '', path };
  let decoded: Fields = {};
  if (isRecord(metadata)) decoded = decodeStruct(decoding, 'ObjectMeta', metadata, place);
  else reportMismatch(decoding, jsonKindOf(metadata), 'v1.ObjectMeta', place, true);
  delete decoded.managedFields;
  const { error } = decoding;
  const found = { metadata: decoded as unknown as ObjectMeta, unknown: decoding.unknown };
  return error ? { ...found, typeError: error.message, typeErrorField: error.field } : found;
}

/** {@link decodeStrict} in the words that the API server uses for the result of a strategic merge patch. */
export function decodePatched(object: KubeObject, type: string = object.kind): Decoded {
  return decode(object, type, true);
}

function decode(object: KubeObject, type: string, patched: boolean): Decoded {
  const decoding: Decoding = { unknown: [], patched, error: undefined, stopped: false };
  const decoded = decodeStruct(decoding, type, object, { struct: '', goPath: '', path: '' });
  const metadata = decoded.metadata as Fields | undefined;
  if (metadata) delete metadata.managedFields;
  if (patched) decoding.unknown.sort();
  const result = { object: decoded as KubeObject, unknown: decoding.unknown };
  const { error } = decoding;
  return error ? { ...result, typeError: error.message, typeErrorField: error.field } : result;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first error counts, unless a later one ends decoding. */
function report(decoding: Decoding, message: string, place: Place, stops: boolean): void {
  if (stops || !decoding.error) decoding.error = { message, field: place.path };
  if (stops || decoding.patched) decoding.stopped = true;
}

function reportMismatch(decoding: Decoding, value: string, type: string, place: Place, stops: boolean): void {
  // Patched objects reach a type's own decoder without their surroundings, and so does its message.
  const struct = goNameOf(place.struct);
  const target = place.goPath && !decoding.patched ? `Go struct field ${struct}.${place.goPath}` : 'Go value';
  // The older autoscaler shares its types' names with the newer one.
  const goType = /^HorizontalPodAutoscalerV1/.test(place.struct) ? type.replace('v2.', 'v1.').replace('V1', '') : type;
  report(decoding, `json: cannot unmarshal ${value} into ${target} of type ${goType}`, place, stops);
}

/** Fields are visited in the order of their names, as kubectl sends them; those of patched objects as their types declare them. */
function decodeStruct(decoding: Decoding, type: string, source: Fields, place: Place): Fields {
  const schema = typeSchema(type);
  if (!schema) throw new Error(`no schema for type ${type}`);
  const decoded: Fields = {};
  const keys = Object.keys(source).sort();
  for (const key of decoding.patched ? new Set([...schema.keys(), ...keys]) : keys) {
    if (decoding.stopped || source[key] === undefined) continue;
    const field = schema.get(key);
    const path = place.path ? `${place.path}.${key}` : key;
    if (!field) {
      if (decoding.unknown.length < MAX_UNKNOWN) decoding.unknown.push(path);
    } else if (source[key] !== null) {
      const goName = field.embedded ? `${field.embedded}.${key}` : key;
      const goPath = place.goPath ? `${place.goPath}.${goName}` : goName;
      const value = decodeField(decoding, field, source[key], { struct: type, goPath, path });
      if (!isOmitted(field, value)) decoded[key] = value;
    }
  }
  fillIn(decoded, type, /^status\b/.test(place.path));
  return decoded;
}

/**
 * Adds what Go writes though nobody gave it: structs and quantities held by value, and in a status also counts and texts
 * that are written even if empty. (In a spec those stay absent, for validation to miss them.)
 */
function fillIn(decoded: Fields, type: string, inStatus: boolean): void {
  for (const field of typeSchema(type)!.values()) {
    if (decoded[field.name] !== undefined || field.pointer || field.container !== 'none') continue;
    const isCount = inStatus && field.always && field.type !== 'Time' && field.type !== 'MicroTime';
    if (field.type === 'struct') decoded[field.name] = zeroStruct(field.typeName, inStatus || field.name === 'status');
    else if (field.type === 'Quantity' || isCount) decoded[field.name] = zeroValue(field, inStatus);
  }
}

function zeroStruct(type: string, inStatus: boolean): Fields {
  const zero: Fields = {};
  fillIn(zero, type, inStatus);
  return zero;
}

/** Go's omitempty: whatever is empty and not behind a pointer disappears when the object is written. */
function isOmitted(field: FieldSchema, value: unknown): boolean {
  if (value === undefined) return true;
  if (field.pointer || field.always) return false;
  // Rules of an autoscaler that name no policy are filled in, but rules with an empty list are refused.
  if (field.typeName === 'HPAScalingPolicy') return false;
  if (field.container === 'list') return (value as unknown[]).length === 0;
  // Dependencies of a schema are refused even if there are none.
  if (field.container === 'map') return field.name !== 'dependencies' && Object.keys(value as Fields).length === 0;
  if (field.type === 'IntOrString') return false;
  return value === '' || value === 0 || value === false;
}

function decodeField(decoding: Decoding, field: FieldSchema, value: unknown, place: Place): unknown {
  if (field.container === 'none') return decodeElement(decoding, field, value, place);
  const isRightShape = field.container === 'list' ? Array.isArray(value) : isRecord(value);
  if (!isRightShape) {
    if (decoding.patched) report(decoding, conversionError(value, field, false), place, true);
    else reportMismatch(decoding, jsonKindOf(value), typeNameOf(field), place, false);
    return undefined;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      decodeElement(decoding, field, item, { ...place, path: `${place.path}[${index}]` }),
    );
  }
  const decoded: Fields = {};
  for (const key of Object.keys(value as Fields).sort()) {
    const item = (value as Fields)[key];
    if (item === undefined) continue;
    putIn(decoded, key, decodeElement(decoding, field, item, { ...place, path: `${place.path}.${key}` }));
  }
  return decoded;
}

function decodeElement(decoding: Decoding, field: FieldSchema, value: unknown, place: Place): unknown {
  if (decoding.stopped) return undefined;
  if (value === null) return zeroValue(field, false);
  if (field.type === 'struct') {
    if (isRecord(value)) return decodeStruct(decoding, field.typeName, value, place);
    if (decoding.patched) report(decoding, conversionError(value, field, true), place, true);
    else reportMismatch(decoding, jsonKindOf(value), goTypeName(field.typeName), place, false);
    return undefined;
  }
  if (field.type === 'JSONSchema') return decodeSchema(decoding, value, place);
  // Converted as Go converts, an integer that is too large wraps around.
  if (decoding.patched && field.type === 'int32' && Number.isInteger(value)) return (value as number) | 0;
  const outcome = decodeScalar(field, value);
  if (outcome.kind === 'value') return outcome.value;
  if (outcome.kind === 'refusal') {
    const prefix = decoding.patched && field.type === 'bytes' ? 'error decoding from json: ' : '';
    report(decoding, prefix + outcome.message, place, outcome.stops);
  } else if (decoding.patched && !hasOwnDecoder(field))
    report(decoding, conversionError(value, field, true), place, true);
  else reportMismatch(decoding, outcome.value, outcome.type, place, hasOwnDecoder(field));
  return undefined;
}

/** A schema inside a schema, where Go also takes a boolean or a list; its own decoder there takes no notice of unknown fields. */
function decodeSchema(decoding: Decoding, value: unknown, place: Place): unknown {
  if (Array.isArray(value)) return value.map((item) => decodeSchema(decoding, item, place));
  if (!isRecord(value)) {
    if (typeof value === 'number') report(decoding, 'boolean JSON value expected', place, true);
    return value;
  }
  const known = decoding.unknown.length;
  const decoded = decodeStruct(decoding, 'JSONSchemaProps', value, { struct: '', goPath: '', path: place.path });
  decoding.unknown.length = known;
  return decoded;
}

/** Types with an UnmarshalJSON of their own, whose errors end decoding at once. */
function hasOwnDecoder(field: FieldSchema): boolean {
  return field.type === 'IntOrString' || field.type === 'Time' || field.type === 'MicroTime';
}

/** What null stands for inside a list or map. */
function zeroValue(field: FieldSchema, inStatus: boolean): unknown {
  switch (field.type) {
    case 'struct':
      return zeroStruct(field.typeName, inStatus);
    case 'bool':
      return false;
    case 'int32':
    case 'int64':
    case 'IntOrString':
      return 0;
    case 'Quantity':
      return '0';
    default:
      return '';
  }
}

/** The error of a decoding as the API server words it inside its message, or undefined when nothing is wrong. */
export function decodeError(decoded: Decoded): string | undefined {
  if (decoded.typeError) return decoded.typeError;
  if (decoded.unknown.length === 0) return undefined;
  return `strict decoding error: ${decoded.unknown.map((path) => `unknown field ${JSON.stringify(path)}`).join(', ')}`;
}

/**
 * The whole message of the 400 (BadRequest) that refuses to create or update the object, or undefined when nothing is
 * wrong: `Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.foo"`.
 */
export function decodeErrorMessage(object: KubeObject, decoded: Decoded): string | undefined {
  const error = decodeError(decoded);
  if (!error) return undefined;
  const version = object.apiVersion.slice(object.apiVersion.indexOf('/') + 1);
  return `${object.kind} in version ${JSON.stringify(version)} cannot be handled as a ${object.kind}: ${error}`;
}
