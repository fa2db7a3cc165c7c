/**
 * A scenario and a moment in a link: inputs, not state. The fragment is `s=…&t=…&view=…&select=…&tab=…&embed&lang=…`; `s` holds
 * JSON, packed (see {@link pack}). The others are for hands, so any value that can be read is right; anything else in a fragment is
 * damage. Every format ever made stays readable: {@link MIGRATIONS} brings it up to date.
 */
import { parseDuration } from '../engine/api/duration';
import type { TimedInput } from '../engine/simulation';
import { type HandIn, isHandIn } from './hand-in';
import { areTimedInputs, type CarriedBranches, isCarriedBranches } from './link-inputs';
import { pack, unpack } from './link-packing';

/** The current format. */
export const LINK_VERSION = 2;
/** The format that links without a checksum have. */
const FIRST_VERSION = 1;

/** What of the page stands in another one: all but the editor, what looks and doesn't act, or the drawing and its controls. */
export type EmbedMode = 'all' | 'readonly' | 'controls';

/** How a fragment says that the page is embedded; undefined when it does not. */
export function embedModeOf(value: string | undefined): EmbedMode | undefined {
  if (value === undefined) return undefined;
  return value === 'readonly' || value === 'controls' ? value : 'all';
}

/** What a link carries. */
export interface LinkState {
  /** The scenario text. */
  readonly text: string;
  /** The text in the editor, where it has been edited since: what `inputs` applied, or what could not be applied. */
  readonly edited?: string;
  /** What was done by hand in the branch that is shown. */
  readonly inputs?: readonly TimedInput[];
  /** All branches, that one included. */
  readonly run?: CarriedBranches;
  /** The step to open at, or a time in ms. */
  readonly cursor?: { readonly step: number } | { readonly timeMs: number };
  /** Which view of the graph. */
  readonly view?: string;
  /** The chosen object, as `KIND/NAMESPACE/NAME` or `KIND/NAME`, and the inspector's tab. */
  readonly select?: string;
  readonly tab?: string;
  /** The language that the page is to speak; whoever opens it has the last word. */
  readonly lang?: string;
  /** Without the editor's chrome, and how much of the rest there is. */
  readonly embed?: EmbedMode;
  /** Who handed it in, and what was answered. */
  readonly handIn?: HandIn;
  /** Light or dark, whatever the reader's system says. */
  readonly theme?: 'light' | 'dark';
}

/** What leads to a moment again: its step, of several at one time; after the last step's own time, the time. */
export function placeOf(
  cursor: { readonly step: number; readonly timeMs: number },
  current: { readonly timeMs: number } | null,
): { readonly step: number } | { readonly timeMs: number } {
  const { step, timeMs } = cursor;
  return timeMs === (current?.timeMs ?? 0) ? { step } : { timeMs };
}

/** A place as a fragment has it. */
export const placeText = (place: NonNullable<LinkState['cursor']>): string =>
  `t=${'step' in place ? place.step : `${place.timeMs}ms`}`;

interface Packed {
  readonly v: number;
  readonly text: string;
  readonly edited?: string;
  readonly inputs?: readonly TimedInput[];
  readonly run?: CarriedBranches;
  readonly who?: HandIn['who'];
  readonly answers?: HandIn['answers'];
}

/** Turns a payload of an older version into the next one, by the version it comes from. */
const MIGRATIONS: Readonly<Record<number, (payload: object) => object>> = {
  // Only the packing changed.
  1: (payload) => payload,
};

/** What a fragment may hold, besides `s`. */
const PARAMETERS = ['t', 'view', 'select', 'tab', 'embed', 'lang', 'theme'];

const LOOKS = ['view', 'select', 'tab', 'lang'] as const;

/** The parts of a fragment that say how the page is to look. */
export function looksOf(state: Pick<LinkState, (typeof LOOKS)[number]>): string[] {
  // A slash may stand in a fragment as it is, and is easier to read.
  const written = (value: string) => encodeURIComponent(value).replaceAll('%2F', '/');
  return LOOKS.flatMap((name) => (state[name] ? [`${name}=${written(state[name])}`] : []));
}

/** The fragment of a link, without the `#`. */
export function encodeLink(state: LinkState): string {
  const packed: Packed = {
    v: LINK_VERSION,
    text: state.text,
    ...(state.edited === undefined || state.edited === state.text ? {} : { edited: state.edited }),
    ...(state.inputs?.length ? { inputs: state.inputs } : {}),
    ...(state.run && state.run.branches.length > 1 ? { run: state.run } : {}),
    ...state.handIn,
  };
  const parts = [`s=${pack(JSON.stringify(packed))}`];
  if (state.cursor) parts.push(placeText(state.cursor));
  parts.push(...looksOf(state));
  if (state.embed) parts.push(state.embed === 'all' ? 'embed' : `embed=${state.embed}`);
  return parts.join('&');
}

/** Why a link can't be read, in English and in Chinese. */
export interface BadLink {
  readonly error: string;
  readonly zh: string;
}

const DAMAGED: BadLink = {
  error: 'This link is damaged: a part of it is missing or was changed on the way. Ask for it again, or copy it whole.',
  zh: '这个链接已损坏：有一部分丢失了，或在传递中被改动。请重新索取，或完整地复制它。',
};
const NO_SCENARIO: BadLink = { error: 'This link carries no scenario.', zh: '这个链接里没有场景。' };

const newerRelease = (en: string, zh: string): BadLink => ({
  error: `This link was made by a newer release of Kubestep${en}.`,
  zh: `这个链接由更新的 Kubestep 版本生成${zh}。`,
});

function payloadOf(text: string): { packed: Packed } | BadLink {
  const unpacked = unpack(text);
  if (unpacked === 'newer')
    return newerRelease(', which packs links in a way this one cannot read', '，它的打包方式这个版本读不了');
  if (unpacked === 'damaged') return DAMAGED;
  const parsed = parsedObject(unpacked.json);
  if (!parsed || !Number.isInteger(parsed.v)) return DAMAGED;
  const version = parsed.v as number;
  if (unpacked.first !== (version === FIRST_VERSION) || version < FIRST_VERSION) return DAMAGED;
  if (version > LINK_VERSION) {
    return newerRelease(
      ` (format ${version}; this one reads up to ${LINK_VERSION})`,
      `（格式 ${version}；这个版本最高读到 ${LINK_VERSION}）`,
    );
  }
  let payload: object = parsed;
  for (let from = version; from < LINK_VERSION; from++) payload = MIGRATIONS[from]?.(payload) ?? payload;
  return isPacked(payload) ? { packed: payload } : DAMAGED;
}

function parsedObject(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether what a link holds has the shape of the current version: anyone can make a link. */
function isPacked(payload: object): payload is Packed {
  const { text, edited = '', inputs = [], run, who, answers } = payload as Partial<Record<keyof Packed, unknown>>;
  if (!isHandIn(who, answers) || !(run === undefined || isCarriedBranches(run))) return false;
  return typeof text === 'string' && typeof edited === 'string' && areTimedInputs(inputs);
}

function decodedText(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function cursorOf(text: string): LinkState['cursor'] {
  if (/^\d{1,15}$/.test(text)) return { step: Number(text) };
  if (!/^\d[\d.hms]{0,31}$/.test(text)) return undefined;
  const duration = parseDuration(text);
  return 'ms' in duration && Number.isSafeInteger(duration.ms) ? { timeMs: duration.ms } : undefined;
}

/** The parts of a fragment by name; undefined when there is one too many or one that no release knows. */
function partsOf(fragment: string): ReadonlyMap<string, string> | undefined {
  const parts = new Map<string, string>();
  for (const part of fragment.replace(/^#/, '').split('&')) {
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    if (parts.has(name) || !(name === 's' || PARAMETERS.includes(name))) return undefined;
    parts.set(name, equals < 0 ? '' : part.slice(equals + 1));
  }
  return parts;
}

/** Whether a fragment is a link or what is left of one, rather than only how the page is to look. */
export function isLink(fragment: string): boolean {
  const bare = fragment.replace(/^#/, '');
  return bare !== '' && !bare.split('&').every((part) => PARAMETERS.includes(part.replace(/=.*$/, '')));
}

/** Reads a fragment (with or without `#`). Says in plain words what is wrong with one that can't be read. */
export function decodeLink(fragment: string): { state: LinkState } | BadLink {
  if (!isLink(fragment)) return NO_SCENARIO;
  const parts = partsOf(fragment);
  const scenario = parts?.get('s');
  if (!parts || !scenario) return DAMAGED;
  const payload = payloadOf(scenario);
  if ('error' in payload) return payload;
  const place = parts.get('t');
  const cursor = place === undefined ? undefined : cursorOf(place);
  const [view, select, tab, lang] = LOOKS.map((name) => decodedText(parts.get(name) ?? ''));
  if ([view, select, tab, lang].includes(undefined) || (place !== undefined && !cursor)) return DAMAGED;
  const { text, edited, inputs = [], run, who, answers = [] } = payload.packed;
  const embed = embedModeOf(parts.get('embed'));
  const theme = parts.get('theme');
  return {
    state: {
      text,
      edited,
      inputs,
      cursor,
      view: view || undefined,
      ...(select ? { select } : {}),
      ...(tab ? { tab } : {}),
      ...(lang ? { lang } : {}),
      ...(run ? { run } : {}),
      ...(who === undefined ? {} : { handIn: { who, answers } }),
      ...(embed ? { embed } : {}),
      ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
    },
  };
}
