/** How far two sets of facts agree, leaf by leaf. */
import type { Json } from './run';

/** A place where they differ: its path, what is real, what came here. */
export interface Difference {
  readonly path: string;
  readonly real: Json;
  readonly ours: Json;
}

/** What a comparison found so far. */
export interface Agreement {
  same: number;
  total: number;
  readonly differences: Difference[];
}

/** Stands where two real runs differed by chance: anything agrees. */
const ANY = '{any}';
/** Moments that a real cluster kept at least so far apart must come in the same order. */
const APART_MS = 1000;

type Moment = readonly [label: string, atMs: number];

const momentsOf = (value: Json): readonly Moment[] | undefined =>
  (value as { readonly moments?: readonly Moment[] } | undefined)?.moments;

function agreeOrder(real: readonly Moment[], ours: readonly Moment[], path: string, found: Agreement): void {
  const position = new Map(ours.map(([label], index) => [label, index]));
  for (const [label, time] of real) {
    found.total++;
    const here = position.get(label);
    const other = real.find(([another, then]) => {
      const there = position.get(another);
      if (here === undefined || there === undefined) return false;
      return (then <= time - APART_MS && there > here) || (then >= time + APART_MS && there < here);
    });
    if (here === undefined) found.differences.push({ path: `${path} ${label}`, real: 'happens', ours: 'never' });
    else if (other) {
      const [before, after] = other[1] < time ? ['after', 'before'] : ['before', 'after'];
      found.differences.push({ path: `${path} ${label}`, real: `${before} ${other[0]}`, ours: `${after} it` });
    } else found.same++;
  }
  const known = new Set(real.map(([label]) => label));
  for (const [label] of ours) {
    if (known.has(label)) continue;
    found.total++;
    found.differences.push({ path: `${path} ${label}`, real: 'never', ours: 'happens' });
  }
}

/** Two sequences of texts: what one lacks of the other, kept in order (longest common subsequence). */
function agreeSequence(real: readonly string[], ours: readonly string[], path: string, found: Agreement): void {
  const width = ours.length + 1;
  const best = new Uint16Array((real.length + 1) * width);
  const bestAt = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = real.length - 1; i >= 0; i--) {
    for (let j = ours.length - 1; j >= 0; j--) {
      best[i * width + j] =
        real[i] === ours[j] ? bestAt(i + 1, j + 1) + 1 : Math.max(bestAt(i + 1, j), bestAt(i, j + 1));
    }
  }
  found.total += Math.max(real.length, ours.length);
  found.same += bestAt(0, 0);
  let i = 0;
  let j = 0;
  while (i < real.length || j < ours.length) {
    if (i < real.length && j < ours.length && real[i] === ours[j]) {
      i++;
      j++;
    } else if (j >= ours.length || (i < real.length && bestAt(i + 1, j) >= bestAt(i, j + 1))) {
      found.differences.push({ path: `${path}.${i}`, real: real[i++], ours: undefined });
    } else {
      found.differences.push({ path: `${path}.${j}`, real: undefined, ours: ours[j++] });
    }
  }
}

const isTexts = (value: Json): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null;

function compare(real: Json, ours: Json, path: string, found: Agreement): void {
  if (real === ANY) return;
  const moments = momentsOf(real) ?? (momentsOf(ours) && []);
  if (moments) {
    agreeOrder(moments, momentsOf(ours) ?? [], path, found);
  } else if (isTexts(real) && isTexts(ours)) {
    agreeSequence(real, ours, path, found);
  } else if (isRecord(real) || isRecord(ours)) {
    if (isRecord(real) !== isRecord(ours) && real !== undefined && ours !== undefined) {
      found.total++;
      found.differences.push({ path, real, ours });
      return;
    }
    const left = isRecord(real) ? real : {};
    const right = isRecord(ours) ? ours : {};
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      compare(left[key], right[key], path ? `${path}.${key}` : key, found);
    }
  } else {
    found.total++;
    if (real === ours) found.same++;
    else found.differences.push({ path, real, ours });
  }
}

/** Compares recorded facts with ours. */
export function agree(real: Json, ours: Json): Agreement {
  const found: Agreement = { same: 0, total: 0, differences: [] };
  compare(real, ours, '', found);
  return found;
}
