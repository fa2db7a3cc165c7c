/** What the palette offers for what is typed: pure, so that its order can be tried by itself. */
import { isEndpointSlice, isOther, type Row } from './rows';
import { isFurniture } from './workload-graph';

/** Something that can be gone to or done. */
export interface Offer {
  readonly id: string;
  /** What it is, in front of its title: `Pod`, `Scenario`, `Command`. */
  readonly sort: string;
  readonly title: string;
  readonly detail?: string;
  /** How well it suits what is typed, where that was found out already; else its title says. */
  readonly rank?: number;
}

/** What is looked at most, in the order in which it is offered; other kinds follow. */
const FOREMOST = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'ReplicaSet',
  'Pod',
  'Service',
  'Ingress',
  'Node',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'PersistentVolumeClaim',
];

/** Whether it comes after all else: what a cluster has by itself, and what stands behind another object. */
const isLast = (row: Row): boolean => isFurniture(row) || isEndpointSlice(row) || (isOther(row) && !row.listed);

function placeOf({ kind }: Row): number {
  const place = FOREMOST.indexOf(kind);
  return place < 0 ? FOREMOST.length : place;
}

/** Objects in the order in which they are offered, parted into those that come first and those that come last. */
export function inOrderOfUse(rows: readonly Row[]): { readonly first: Row[]; readonly last: Row[] } {
  const first = rows.filter((row) => !isLast(row)).sort((a, b) => placeOf(a) - placeOf(b));
  return { first, last: rows.filter(isLast) };
}

/** How well a title suits a text: lower is better; undefined when it does not. Words may stand anywhere, in any order. */
export function rankOf(title: string, text: string): number | undefined {
  const wanted = text.trim().toLowerCase();
  const lower = title.toLowerCase();
  if (wanted === '') return 0;
  if (lower.startsWith(wanted)) return 0;
  const at = lower.indexOf(wanted);
  if (at >= 0) return /[^a-z0-9]/.test(lower[at - 1] ?? '') ? 1 : 2;
  return wanted.split(/\s+/).every((word) => lower.includes(word)) ? 3 : undefined;
}

/** The offers that suit a text, the best first; equal ones as they came. */
export function offersFor<O extends Offer>(offers: readonly O[], text: string, most: number): O[] {
  const ranked: { offer: O; rank: number; place: number }[] = [];
  offers.forEach((offer, place) => {
    const titles = [offer.title, `${offer.sort} ${offer.title}`];
    const ranks = offer.rank === undefined ? titles.flatMap((title) => rankOf(title, text) ?? []) : [offer.rank];
    if (ranks.length > 0) ranked.push({ offer, rank: Math.min(...ranks), place });
  });
  ranked.sort((a, b) => a.rank - b.rank || a.place - b.place);
  return ranked.slice(0, most).map(({ offer }) => offer);
}

/** The place that a text names by itself: `143`, `step 143`, `45s`, `1:30`, `1m30s`. */
export function placeNamed(text: string): { readonly step: number } | { readonly timeMs: number } | undefined {
  const step = /^(?:step\s+)?(\d{1,9})$/i.exec(text.trim());
  if (step) return { step: Number(step[1]) };
  const clock = /^(\d{1,5}):(\d{2})(?:\.(\d{1,3}))?$/.exec(text.trim());
  if (clock) {
    const [, minutes, seconds, fraction = ''] = clock;
    return { timeMs: Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(fraction.padEnd(3, '0')) };
  }
  const span = /^(?:(\d{1,5})m)?(?:(\d{1,7}(?:\.\d{1,3})?)s)?(?:(\d{1,9})ms)?$/.exec(text.trim());
  if (!span?.[0]) return undefined;
  return { timeMs: Math.round(Number(span[1] ?? 0) * 60_000 + Number(span[2] ?? 0) * 1000 + Number(span[3] ?? 0)) };
}
