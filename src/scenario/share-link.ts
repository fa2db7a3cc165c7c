/**
 * A scenario and a moment in a link: inputs, not state. The fragment is `s=…&t=…&view=…&embed`; `s` holds a format letter,
 * then JSON, deflated, in base64url. Every format ever made stays readable: {@link MIGRATIONS} brings it up to date.
 */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import type { TimedInput } from '../engine/simulation';

/** The current format. */
export const LINK_VERSION = 1;
const FORMAT_LETTER = 'z';
/** A link that would unpack to more than this is refused. */
const MAX_UNPACKED_BYTES = 16 * 1024 * 1024;

/** What a link carries. */
export interface LinkState {
  /** The scenario text. */
  readonly text: string;
  /** The text in the editor, where it has been edited since: what `inputs` applied, or what could not be applied. */
  readonly edited?: string;
  /** What was done by hand in the branch that is shown. */
  readonly inputs?: readonly TimedInput[];
  /** The step to open at, or a time in ms. */
  readonly cursor?: { readonly step: number } | { readonly timeMs: number };
  /** Which view of the graph. */
  readonly view?: string;
  /** Without the editor's chrome. */
  readonly embed?: boolean;
}

interface Packed {
  readonly v: number;
  readonly text: string;
  readonly edited?: string;
  readonly inputs?: readonly TimedInput[];
}

/** Turns a payload of an older version into the next one, by the version it comes from. */
const MIGRATIONS: Readonly<Record<number, (payload: unknown) => unknown>> = {};

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const chunk = ((bytes[index] as number) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    const digits = Math.min(4, bytes.length - index + 1);
    for (let digit = 0; digit < digits; digit++) text += ALPHABET[(chunk >> (18 - digit * 6)) & 63];
  }
  return text;
}

function fromBase64Url(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let length = 0;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (held >> bits) & 255;
  }
  return bytes.subarray(0, length);
}

/** The fragment of a link, without the `#`. */
export function encodeLink(state: LinkState): string {
  const packed: Packed = {
    v: LINK_VERSION,
    text: state.text,
    ...(state.edited === undefined || state.edited === state.text ? {} : { edited: state.edited }),
    ...(state.inputs?.length ? { inputs: state.inputs } : {}),
  };
  const parts = [`s=${FORMAT_LETTER}${toBase64Url(deflateSync(strToU8(JSON.stringify(packed)), { level: 9 }))}`];
  if (state.cursor) parts.push(`t=${'step' in state.cursor ? state.cursor.step : `${state.cursor.timeMs}ms`}`);
  if (state.view) parts.push(`view=${encodeURIComponent(state.view)}`);
  if (state.embed) parts.push('embed');
  return parts.join('&');
}

const DAMAGED =
  'This link is damaged: a part of it is missing or was changed on the way. Ask for it again, or copy it whole.';

function unpack(text: string): { packed: Packed } | { error: string } {
  if (!text.startsWith(FORMAT_LETTER)) {
    return {
      error: 'This link was made by a newer release of Kubestep, which packs links in a way this one cannot read.',
    };
  }
  const bytes = fromBase64Url(text.slice(1));
  let payload: unknown;
  try {
    if (!bytes) return { error: DAMAGED };
    const unpacked = inflateSync(bytes, { out: new Uint8Array(MAX_UNPACKED_BYTES) });
    payload = JSON.parse(strFromU8(unpacked));
  } catch {
    return { error: DAMAGED };
  }
  if (typeof payload !== 'object' || payload === null) return { error: DAMAGED };
  let version = Number((payload as Packed).v);
  if (!Number.isInteger(version) || version < 1) return { error: DAMAGED };
  if (version > LINK_VERSION) {
    return {
      error: `This link was made by a newer release of Kubestep (format ${version}; this one reads up to ${LINK_VERSION}).`,
    };
  }
  for (; version < LINK_VERSION; version++) payload = MIGRATIONS[version]?.(payload);
  return isPacked(payload) ? { packed: payload } : { error: DAMAGED };
}

/** Whether what a link holds has the shape of the current version: anyone can make a link. */
function isPacked(payload: unknown): payload is Packed {
  const { text, edited = '', inputs = [] } = (payload ?? {}) as Partial<Record<keyof Packed, unknown>>;
  return typeof text === 'string' && typeof edited === 'string' && Array.isArray(inputs) && inputs.every(isTimedInput);
}

function isTimedInput(input: unknown): boolean {
  const { to, kind, atMs, afterTimer, afterStep } = (input ?? {}) as Readonly<Record<string, unknown>>;
  return typeof to === 'string' && typeof kind === 'string' && [atMs, afterTimer, afterStep].every(isCount);
}

const isCount = (value: unknown): boolean => Number.isFinite(value) && (value as number) >= 0;

function decodedText(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function cursorOf(text: string | undefined): LinkState['cursor'] {
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return { step: Number(text) };
  const time = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text);
  const unitMs = { ms: 1, s: 1000, m: 60_000 }[time?.[2] ?? ''];
  return time && unitMs ? { timeMs: Math.round(Number(time[1]) * unitMs) } : undefined;
}

/** Reads a fragment (with or without `#`). Says in plain words what is wrong with one that can't be read. */
export function decodeLink(fragment: string): { state: LinkState } | { error: string } {
  const parts = new Map<string, string>();
  for (const part of fragment.replace(/^#/, '').split('&')) {
    const equals = part.indexOf('=');
    parts.set(equals < 0 ? part : part.slice(0, equals), equals < 0 ? '' : part.slice(equals + 1));
  }
  const scenario = parts.get('s');
  if (!scenario) return { error: 'This link carries no scenario.' };
  const unpacked = unpack(scenario);
  if ('error' in unpacked) return unpacked;
  return {
    state: {
      text: unpacked.packed.text,
      edited: unpacked.packed.edited,
      inputs: unpacked.packed.inputs ?? [],
      cursor: cursorOf(parts.get('t')),
      view: decodedText(parts.get('view')),
      embed: parts.has('embed'),
    },
  };
}
