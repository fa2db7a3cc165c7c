/** Amounts as Compose writes them, as Kubernetes does: sizes are powers of 1024 there whatever they are called, and times are whole seconds here. */
import { parseDuration } from '../../engine/api/duration';
import { textOf } from './reading';

const SIZE = /^(\d+(?:\.\d+)?)\s*([bkmgt]?)i?b?$/i;
const UNITS: Readonly<Record<string, string>> = { '': '', b: '', k: 'Ki', m: 'Mi', g: 'Gi', t: 'Ti' };

/** `512m`, `1gb`, `1073741824` as a quantity; undefined for what is no size. */
export function sizeOf(value: unknown): string | undefined {
  const [, number, unit] = SIZE.exec(textOf(value)) ?? [];
  return number === undefined ? undefined : `${number}${UNITS[(unit ?? '').toLowerCase()]}`;
}

/** Processors (`0.5`) as a quantity (`500m`); undefined for what is none. */
export function processorsOf(value: unknown): string | undefined {
  const number = Number(textOf(value));
  if (textOf(value) === '' || !(number > 0)) return undefined;
  return Number.isInteger(number) ? String(number) : `${Math.max(1, Math.round(number * 1000))}m`;
}

/** Whole seconds of a duration (`1m30s`), rounded up; undefined for what is none. A plain number is seconds. */
export function secondsOf(value: unknown): number | undefined {
  const text = textOf(value);
  if (/^\d+$/.test(text)) return Number(text);
  const parsed = parseDuration(text);
  return 'ms' in parsed && parsed.ms >= 0 ? Math.ceil(parsed.ms / 1000) : undefined;
}

/** A whole number; undefined for what is none. */
export function wholeOf(value: unknown): number | undefined {
  const text = textOf(value);
  return /^\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
}
