/**
 * What a first visit shows while the engine is on its way: the gallery's first scenario soon after its manifests are applied. Run when the page
 * is built, by the very host that answers later, so that its answer then draws the same (vite.config.ts, e2e/first-graph.spec.ts).
 */
import { GALLERY, type GalleryEntry } from '../scenario/gallery';
import { Host } from './host';
import type { Message, Opened, Place } from './protocol';

/** A text, where it is looked at, and how it stands there. */
export interface FirstView {
  readonly text: string;
  readonly at: Place;
  readonly started: NonNullable<Opened['started']>;
}

/** What was applied is there, and Pods begin. */
const FIRST_PLACE: Place = { timeMs: 100 };

const unneeded = () => Promise.reject(new Error('the first view needs nothing that comes later'));

async function firstView(): Promise<FirstView> {
  const text = await (GALLERY[0] as GalleryEntry).load();
  const messages: Message[] = [];
  const host = new Host({
    post: (message) => messages.push(message),
    // What follows the answer is not run.
    turns: () => undefined,
    now: () => 0,
    documentation: () => undefined,
    load: { commands: unneeded, fidelity: unneeded, timeline: unneeded },
  });
  await host.hear({ id: 1, name: 'open', params: { text, at: FIRST_PLACE } });
  const answer = messages.find((message) => message.type === 'answer')?.answer as Opened | undefined;
  if (!answer?.started) throw new Error(`the first view could not be made: ${JSON.stringify(messages)}`);
  return { text, at: FIRST_PLACE, started: answer.started };
}

/** The scenario's answer; awaited here, as whoever imports this at build time can't wait for more. */
export const FIRST_VIEW = await firstView();
