/**
 * Decoding of single values: what each scalar type accepts, how it is stored, and what the API server's two decoders say
 * otherwise. Follows sigs.k8s.io/json (decode.go), the UnmarshalJSON methods of Quantity, Time, MicroTime and
 * IntOrString, and apimachinery/pkg/runtime/converter.go.
 */
import { canonicalQuantity } from './quantity';
import type { FieldSchema, ValueType } from './schema';
import { formatMicroTimestamp, formatTimestamp, parseTimestamp } from './timestamp';

/** A value of the wrong type, in the words of the message. */
export interface Mismatch {
  readonly kind: 'mismatch';
  readonly value: string;
  readonly type: string;
}

/** A value of the right JSON type that a custom decoder refuses. Some decoders end decoding at once. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly message: string;
  readonly stops: boolean;
}

/** A decoded value, or why there is none. */
export type Outcome = { readonly kind: 'value'; readonly value: unknown } | Mismatch | Refusal;

/** What a JSON value is called in messages of the JSON decoder. */
export function jsonKindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'object' ? 'object' : typeof value;
}

/** What Go calls types that are called otherwise here, as their own name stands for others too. */
const GO_NAMES: Readonly<Record<string, string>> = {
  HorizontalPodAutoscalerV1: 'HorizontalPodAutoscaler',
  HorizontalPodAutoscalerV1Spec: 'HorizontalPodAutoscalerSpec',
  HorizontalPodAutoscalerV1Status: 'HorizontalPodAutoscalerStatus',
  AdmissionClientConfig: 'WebhookClientConfig',
  AdmissionServiceReference: 'ServiceReference',
  APIServiceReference: 'ServiceReference',
  CoreEndpointPort: 'EndpointPort',
  StorageTokenRequest: 'TokenRequest',
};

/** What Go calls a type. */
export function goNameOf(name: string): string {
  return GO_NAMES[name] ?? name;
}

/** The structs of autoscaling/v2, the one group whose version that is kept is not a v1. */
const OF_V2 =
  /^(HPA|HorizontalPodAutoscaler\w|CrossVersionObjectReference|\w*Metric(Spec|Source|Status|Identifier|Target|ValueStatus)$)/;

/** The Go name of a type that has one of its own, with its package, e.g. `v1.Container`. */
export function goTypeName(name: string): string {
  return name.includes('.') ? name : `${OF_V2.test(name) ? 'v2' : 'v1'}.${goNameOf(name)}`;
}

/** The Go name of a field's element type, e.g. `string`, `v1.PullPolicy`, `v1.Container`. */
function elementTypeName(field: FieldSchema): string {
  if (field.typeName) return goTypeName(field.typeName);
  if (field.type === 'bytes') return '[]uint8';
  if (field.type === 'Quantity') return 'resource.Quantity';
  if (field.type === 'Time' || field.type === 'MicroTime') return `v1.${field.type}`;
  return field.type;
}

/** The Go name of a field's whole type, e.g. `[]v1.Container`, `map[string]string`. */
export function typeNameOf(field: FieldSchema): string {
  if (field.container === 'list') return `[]${elementTypeName(field)}`;
  if (field.container === 'none') return elementTypeName(field);
  if (field.mapName) return `v1.${field.mapName}`;
  return `map[${field.type === 'Quantity' ? 'v1.ResourceName' : 'string'}]${elementTypeName(field)}`;
}

const accept = (value: unknown): Outcome => ({ kind: 'value', value });
const stop = (message: string): Refusal => ({ kind: 'refusal', message, stops: true });

function mismatch(value: unknown, type: string): Mismatch {
  const kind = jsonKindOf(value);
  const isNumberForInteger = kind === 'number' && (type === 'int32' || type === 'int64');
  return { kind: 'mismatch', value: isNumberForInteger ? `number ${String(value)}` : kind, type };
}

/** Decodes a value that is not null. */
export function decodeScalar(field: FieldSchema, value: unknown): Outcome {
  switch (field.type) {
    case 'string':
      return typeof value === 'string' ? accept(value) : mismatch(value, elementTypeName(field));
    case 'bool':
      return typeof value === 'boolean' ? accept(value) : mismatch(value, 'bool');
    case 'int32':
    case 'int64':
      return decodeInteger(value, field.type);
    case 'float64':
      return typeof value === 'number' ? accept(value) : mismatch(value, 'float64');
    case 'IntOrString':
      return typeof value === 'string' ? accept(value) : decodeInteger(value, 'int32');
    case 'Quantity':
      return decodeQuantity(value);
    case 'Time':
    case 'MicroTime':
      return typeof value === 'string' ? decodeTime(value, field.type) : mismatch(value, 'string');
    case 'bytes':
      return typeof value === 'string' ? decodeBase64(value) : mismatch(value, '[]uint8');
    default:
      return accept(value);
  }
}

function decodeInteger(value: unknown, type: 'int32' | 'int64'): Outcome {
  const bound = type === 'int32' ? 2 ** 31 : 2 ** 63;
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= -bound && value < bound;
  return fits ? accept(value) : mismatch(value, type);
}

function decodeQuantity(value: unknown): Outcome {
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
  try {
    return accept(canonicalQuantity(text));
  } catch (error) {
    return stop((error as Error).message);
  }
}

/** The parts of RFC 3339 in order: the pattern of each, and its name in Go's layout. */
const TIME_PARTS: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}/, '2006'],
  [/^-/, '-'],
  [/^\d\d/, '01'],
  [/^-/, '-'],
  [/^\d\d/, '02'],
  [/^T/, 'T'],
  [/^\d\d/, '15'],
  [/^:/, ':'],
  [/^\d\d/, '04'],
  [/^:/, ':'],
  [/^\d\d(\.\d+)?/, '05'],
  [/^(Z|[+-]\d\d:\d\d)/, 'Z07:00'],
];

/** What Go's time.Parse says of a text, or undefined when it is a time. */
function timeError(text: string, type: 'Time' | 'MicroTime'): string | undefined {
  const layout = `2006-01-02T15:04:05${type === 'MicroTime' ? '.000000' : ''}Z07:00`;
  const prefix = `parsing time ${JSON.stringify(text)}`;
  let rest = text;
  for (const [pattern, name] of TIME_PARTS) {
    const match = pattern.exec(rest);
    if (!match) return `${prefix} as "${layout}": cannot parse ${JSON.stringify(rest)} as "${name}"`;
    rest = rest.slice(match[0].length);
    if (name === '01' && (Number(match[0]) < 1 || Number(match[0]) > 12)) return `${prefix}: month out of range`;
    if (name === '05' && type === 'MicroTime' && match[1]?.length !== 7) {
      return `${prefix} as "${layout}": cannot parse ${JSON.stringify((match[1] ?? '') + rest)} as ".000000"`;
    }
  }
  if (rest) return `${prefix}: extra text: ${JSON.stringify(rest)}`;
  const day = Number(text.slice(8, 10));
  return day < 1 || day > 31 ? `${prefix}: day out of range` : undefined;
}

function decodeTime(text: string, type: 'Time' | 'MicroTime'): Outcome {
  const error = timeError(text, type);
  if (error) return stop(error);
  const unixMs = parseTimestamp(text);
  return accept(type === 'Time' ? formatTimestamp(unixMs) : formatMicroTimestamp(unixMs));
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function decodeBase64(text: string): Outcome {
  const plain = text.replace(/[\r\n]/g, '');
  if (BASE64.test(plain)) return accept(plain);
  return { kind: 'refusal', message: `illegal base64 data at input byte ${base64ErrorAt(text)}`, stops: false };
}

/** Where Go's decoder gives up: at the first character that cannot stand there, or at the last whole group. */
function base64ErrorAt(text: string): number {
  let inGroup = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (character === '\r' || character === '\n') continue;
    if (character === '=') return paddingErrorAt(text, index, inGroup);
    if (!/[A-Za-z0-9+/]/.test(character)) return index;
    inGroup = (inGroup + 1) % 4;
  }
  return text.length - inGroup;
}

function paddingErrorAt(text: string, index: number, inGroup: number): number {
  if (inGroup < 2) return index;
  const second = inGroup === 2 ? 1 : 0;
  if (second === 1 && text[index + 1] !== '=') return index + 1 >= text.length ? text.length : index;
  return index + 1 + second;
}

/** What the decoder of patched objects says of a mismatch (it names Go's types, not JSON's). */
export function conversionError(value: unknown, field: FieldSchema, isElement: boolean): string {
  const from = goKindOf(value);
  if (!isElement && field.container !== 'none') {
    return `cannot restore ${field.container === 'list' ? 'slice' : 'map'} from ${from}`;
  }
  if (field.type === 'struct') return `cannot restore struct from: ${from}`;
  if (field.type === 'bytes') return `cannot restore slice from ${from}`;
  const isInteger = field.type === 'int32' || field.type === 'int64';
  const convertible = (from === 'int64' && field.type === 'string') || (from === 'float64' && isInteger);
  if (convertible) return `cannot convert ${from} to ${elementTypeName(field)}`;
  return `unrecognized type: ${field.type as ValueType}`;
}

function goKindOf(value: unknown): string {
  if (Array.isArray(value)) return 'slice';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'string' ? 'string' : 'map';
}
