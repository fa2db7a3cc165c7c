/**
 * What a page that embeds this one and this one say to each other: plain data with `kubestep: 1` and a type. What has another shape is
 * no message at all. Pure.
 */

/** To the frame. */
export type FrameRequest =
  | { readonly type: 'load'; readonly text: string; readonly at?: FramePlace }
  | ({ readonly type: 'seek' } & FramePlace)
  | { readonly type: 'play'; readonly speed?: number }
  | { readonly type: 'pause' }
  | { readonly type: 'step'; readonly by: number }
  | { readonly type: 'select'; readonly kind: string; readonly name: string; readonly namespace?: string }
  | { readonly type: 'kubectl'; readonly command: string; readonly id: string | number };

/** From the frame. */
export type FrameNews =
  | { readonly type: 'ready' }
  | {
      readonly type: 'moment';
      readonly step: number;
      readonly timeMs: number;
      readonly playing: boolean;
      readonly branch: number;
    }
  | { readonly type: 'selected'; readonly kind?: string; readonly name?: string; readonly namespace?: string }
  | {
      readonly type: 'result';
      readonly id: string | number;
      readonly stdout: string;
      readonly stderr: string;
      readonly code: number;
    }
  | { readonly type: 'goal'; readonly lesson: string; readonly chapter: number; readonly step: number }
  | { readonly type: 'problem'; readonly message: string };

/** A step, or a time. */
export type FramePlace = { readonly step: number } | { readonly timeMs: number };

type Fields = Readonly<Record<string, unknown>>;

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isText = (value: unknown): value is string => typeof value === 'string';

function placeOf({ step, timeMs }: Fields): FramePlace | undefined {
  if (isCount(step)) return { step: Math.floor(step) };
  return isCount(timeMs) ? { timeMs: Math.floor(timeMs) } : undefined;
}

function loadOf({ text, at }: Fields): FrameRequest | undefined {
  if (!isText(text)) return undefined;
  if (at === undefined) return { type: 'load', text };
  const place = typeof at === 'object' && at !== null ? placeOf(at as Fields) : undefined;
  return place && { type: 'load', text, at: place };
}

function selectOf({ kind, name, namespace }: Fields): FrameRequest | undefined {
  if (!isText(kind) || !isText(name) || !(namespace === undefined || isText(namespace))) return undefined;
  return { type: 'select', kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

function kubectlOf({ command, id }: Fields): FrameRequest | undefined {
  return isText(command) && (isText(id) || typeof id === 'number') ? { type: 'kubectl', command, id } : undefined;
}

/** Reads a message; undefined for what is none. */
export function frameRequestOf(data: unknown): FrameRequest | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const fields = data as Fields;
  if (fields.kubestep !== 1) return undefined;
  switch (fields.type) {
    case 'load':
      return loadOf(fields);
    case 'seek': {
      const place = placeOf(fields);
      return place && { type: 'seek', ...place };
    }
    case 'play':
      if (fields.speed === undefined) return { type: 'play' };
      return isCount(fields.speed) && fields.speed > 0 ? { type: 'play', speed: fields.speed } : undefined;
    case 'pause':
      return { type: 'pause' };
    case 'step':
      return Number.isInteger(fields.by) ? { type: 'step', by: fields.by as number } : undefined;
    case 'select':
      return selectOf(fields);
    case 'kubectl':
      return kubectlOf(fields);
    default:
      return undefined;
  }
}
