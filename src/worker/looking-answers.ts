/** Answers to questions that only look: at an object, at steps, at the control plane, at requests. Nothing of a session changes by them. */
import type { Simulation } from '../engine/simulation';
import { parseManifests } from '../kubectl/yaml';
import { requestsAt } from '../session/requests-at';
import type { Session } from '../session/session';
import type { Reference, SchedulersWord } from '../session/why-not/said';
import { readsOf } from '../view/reads';
import { parseRowId } from '../view/rows';
import { differenceOf, inspect } from './inspect';
import type { Requests } from './protocol';
import type { Slices } from './run-ahead';
import { controlPlaneAt, faultsAt, logAround, stepsWith } from './searches';
import type { Viewer } from './viewer';

type Looking =
  | 'documentAt'
  | 'marks'
  | 'inspect'
  | 'difference'
  | 'log'
  | 'controlPlane'
  | 'reads'
  | 'hearers'
  | 'faults'
  | 'find'
  | 'requests'
  | 'whyNot'
  | 'rejections'
  | 'rehearse'
  | 'hold'
  | 'textWithActs';

/** The answers, about whatever session and branch are present when they are asked for. */
export function lookingAnswers(
  session: () => Session,
  viewer: Viewer,
  slices: Slices,
): {
  readonly [N in Looking]: (params: Requests[N]['params']) => Requests[N]['answer'] | Promise<Requests[N]['answer']>;
} {
  const lastWhyNot = lastOf(slices);
  const lastHearers = lastOf(slices);
  const present = (): Simulation => session().simulation;
  const shown = (): Simulation => viewer.held.partOf(present());
  return {
    marks: ({ text, at }) => session().marksOf(text, at),
    documentAt: ({ text, line }) =>
      parseManifests(text).documents.find(({ startLine }) => startLine === line)?.object ?? null,
    inspect: ({ id, step, timeMs = 0 }) => inspect(present(), id, { step: Math.min(step, present().step), timeMs }),
    difference: ({ id, ...between }) => differenceOf(present(), id, between),
    hold: ({ untilMs }) => viewer.held.hold(untilMs),
    log: (around) => logAround(shown(), around, viewer.level),
    controlPlane: (moment) => controlPlaneAt(present(), moment),
    reads: ({ step }) => readsOf(present(), step),
    hearers: async ({ step }) => {
      const { hearersSearch } = await import('../view/heard');
      const simulation = present();
      if (step < 1 || step > simulation.step) return null;
      return lastHearers(hearersSearch(simulation, step));
    },
    faults: (moment) => faultsAt(present(), moment),
    find: ({ text, near }) => stepsWith(shown(), text, near),
    requests: ({ timeMs }) => requestsAt(present(), timeMs),
    // What tries things out is loaded when somebody asks for it.
    rejections: async ({ id, step }) => {
      const { rejectionsAt } = await import('../session/why-not/rejections');
      return rejectionsAt(present(), parseRowId(id), step);
    },
    rehearse: async ({ command, at }) => {
      const { rehearsalOf } = await import('../session/rehearsal');
      return slices(rehearsalOf(present(), command, at));
    },
    textWithActs: async () => {
      const { textWithActs } = await import('../session/written-acts');
      try {
        return { text: textWithActs(session()) };
      } catch (error) {
        return { problem: (error as Error).message };
      }
    },
    whyNot: async ({ id, at, tries }) => {
      const { whyNotSearch } = await import('../session/why-not/why-not');
      const simulation = present();
      const wordOn = (pod: Reference) => schedulersWord(simulation, pod, at.step);
      const search = whyNotSearch(simulation, { about: parseRowId(id), at, tries }, wordOn);
      return tries ? lastWhyNot(search) : slices(search);
    },
  };
}

/** Of several searches only the last goes on: nobody waits for the others any more, and they come to null. */
function lastOf(slices: Slices) {
  let asked = 0;
  return <T>(search: () => T | undefined): Promise<T | null> => {
    asked += 1;
    const own = asked;
    return slices<T | null>(() => (own === asked ? search() : null));
  };
}

/** So many steps back the scheduler's word is looked for. */
const WORD_STEPS = 20_000;

/** What the scheduler said of a Pod when it last tried. */
function schedulersWord(simulation: Simulation, pod: Reference, from: number): SchedulersWord | undefined {
  for (let step = Math.min(from, simulation.step); step > Math.max(0, from - WORD_STEPS); step -= 1) {
    const { actor, object } = simulation.traceAt(step);
    if (!actor.includes('scheduler') || object?.kind !== 'Pod') continue;
    if (object.name !== pod.name || object.namespace !== pod.namespace) continue;
    const detail = simulation.detailAt(step) as Partial<SchedulersWord> | undefined;
    if (detail?.nodes) return detail as SchedulersWord;
  }
  return undefined;
}
