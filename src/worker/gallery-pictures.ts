/**
 * A small picture of each scenario of the gallery, from its run: Pods as rows, time from left to right, a letter for how each stood. Made when
 * the page is built (vite.config.ts).
 */
import type { Simulation } from '../engine/simulation';
import { GALLERY, type GalleryEntry } from '../scenario/gallery';
import { createSession } from '../session/create-session';
import { rowOf } from '../view/row-of';
import { isPod, type PodLook } from '../view/rows';

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
const NONE = '.';
const COLUMNS = 48;
const MOST_ROWS = 7;
/** No picture says more of a longer run. */
const LONGEST_MS = 120_000;

/** How the Pods stood at a time, by uid. */
function looksAt(simulation: Simulation, timeMs: number): Map<string, string> {
  const looks = new Map<string, string>();
  for (const object of simulation.objectsAt(simulation.stepAtTime(timeMs), 'Pod')) {
    const row = rowOf(object);
    if (row && isPod(row)) looks.set(row.uid, LETTERS[row.look]);
  }
  return looks;
}

/** A Pod keeps its row; a new one takes the first that is free. */
function pictureOf(simulation: Simulation, untilMs: number): Picture {
  const rows: { uid: string | undefined; text: string }[] = [];
  for (let column = 0; column < COLUMNS; column += 1) {
    const looks = looksAt(simulation, ((column + 1) * untilMs) / COLUMNS);
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

async function drawn({ name, load }: GalleryEntry): Promise<readonly [string, Picture]> {
  const { session, problems } = createSession(await load());
  if (!session) throw new Error(`${name} can't be drawn: ${problems[0]?.message}`);
  const { scenario, simulation } = session;
  const untilMs = Math.min(scenario.durationMs, LONGEST_MS);
  simulation.run({ timeMs: untilMs });
  return [name, pictureOf(simulation, untilMs)];
}

/** By the names of the scenarios. */
export const PICTURES: Readonly<Record<string, Picture>> = Object.fromEntries(await Promise.all(GALLERY.map(drawn)));
