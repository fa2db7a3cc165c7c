/**
 * A small picture of each scenario of the gallery, from its run: Pods as rows, time from left to right, a letter for how each stood. Of a run without
 * Pods its claims and volumes stand there, of one without these whatever was applied. Made when the page is built (vite.config.ts).
 */
import type { KubeObject } from '../engine/api/meta';
import { RESOURCES } from '../engine/api/scheme';
import type { Simulation } from '../engine/simulation';
import { GALLERY, type GalleryEntry } from '../scenario/gallery';
import { createSession } from '../session/create-session';
import { rowOf } from '../view/row-of';
import { isClaim, isPod, isVolume, type PodLook, type StorageLook } from '../view/rows';

/** Rows of a picture, each as long as the others. */
export type Picture = readonly string[];

const LETTERS: Readonly<Record<PodLook, string>> = {
  pending: 'p',
  creating: 'c',
  notReady: 'n',
  ready: 'r',
  terminating: 't',
  failed: 'f',
  succeeded: 's',
};
/** Storage by the state of a Pod that looks most like it. */
const STORAGE_LETTERS: Readonly<Record<StorageLook, string>> = {
  pending: LETTERS.pending,
  available: LETTERS.creating,
  bound: LETTERS.ready,
  released: LETTERS.succeeded,
  terminating: LETTERS.terminating,
  failed: LETTERS.failed,
};
const NONE = '.';
const COLUMNS = 48;
const MOST_ROWS = 7;
/** No picture says more of a longer run. */
const LONGEST_MS = 120_000;

/** What a picture is made of: the first of these of which the run has any. */
const DRAWN: readonly (readonly string[])[] = [
  ['Pod'],
  ['PersistentVolumeClaim', 'PersistentVolume'],
  RESOURCES.map(({ kind }) => kind).filter((kind) => kind !== 'Event'),
];

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** A letter for how an object stands; undefined for what no picture is made of. */
function letterOf(object: KubeObject): string | undefined {
  const row = rowOf(object);
  if (row && isPod(row)) return LETTERS[row.look];
  if (row && (isClaim(row) || isVolume(row))) return STORAGE_LETTERS[row.look];
  return object.metadata.annotations?.[APPLIED] === undefined ? undefined : LETTERS.ready;
}

/** How objects of these kinds stood at a time, by uid. */
function looksAt(simulation: Simulation, kinds: readonly string[], timeMs: number): Map<string, string> {
  const looks = new Map<string, string>();
  const step = simulation.stepAtTime(timeMs);
  for (const object of kinds.flatMap((kind) => simulation.objectsAt(step, kind))) {
    const letter = letterOf(object);
    if (letter) looks.set(object.metadata.uid ?? '', letter);
  }
  return looks;
}

/** An object keeps its row; a new one takes the first that is free. Empty when there is nothing of these kinds. */
function pictureOf(simulation: Simulation, kinds: readonly string[], untilMs: number): Picture {
  const rows: { uid: string | undefined; text: string }[] = [];
  for (let column = 0; column < COLUMNS; column += 1) {
    const looks = looksAt(simulation, kinds, ((column + 1) * untilMs) / COLUMNS);
    for (const row of rows) {
      if (row.uid !== undefined && !looks.has(row.uid)) row.uid = undefined;
    }
    const known = new Set(rows.map(({ uid }) => uid));
    for (const uid of looks.keys()) {
      if (known.has(uid)) continue;
      const free = rows.find((row) => row.uid === undefined);
      if (free) free.uid = uid;
      else if (rows.length < MOST_ROWS) rows.push({ uid, text: NONE.repeat(column) });
    }
    for (const row of rows) row.text += (row.uid && looks.get(row.uid)) ?? NONE;
  }
  return rows.map(({ text }) => text);
}

function drawn({ name }: GalleryEntry, text: string): readonly [string, Picture] {
  const { session, problems } = createSession(text);
  if (!session) throw new Error(`${name} can't be drawn: ${problems[0]?.message}`);
  const { scenario, simulation } = session;
  const untilMs = Math.min(scenario.durationMs, LONGEST_MS);
  simulation.run({ timeMs: untilMs });
  const pictures = DRAWN.map((kinds) => pictureOf(simulation, kinds, untilMs));
  return [name, pictures.find((rows) => rows.length > 0) ?? []];
}

// All are there before the first is run: while runs take the processor, what is still being fetched by then may be given up as late.
const texts = await Promise.all(GALLERY.map(({ load }) => load()));

/** By the names of the scenarios. */
export const PICTURES: Readonly<Record<string, Picture>> = Object.fromEntries(
  GALLERY.map((entry, index) => drawn(entry, texts[index] as string)),
);
