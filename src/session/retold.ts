/**
 * Another Scenario document for a run that stands at a moment: what of that run stays as it is. Title, description and expectations tell of it only,
 * and how long it goes on and what happens later than the moment have not happened yet.
 */
import { deepEqual } from '../engine/api/plain';
import { documentParts, withoutMark } from '../scenario/document-parts';
import { milliseconds } from '../scenario/milliseconds';
import { parseScenario, type Scenario } from '../scenario/scenario';
import type { ScenarioSpec } from '../scenario/scenario-shape';

/** The text that a run began with, with another Scenario document in it. */
export interface Retold {
  readonly text: string;
  readonly scenario: Scenario;
  /** The run itself is the same, to its end. */
  readonly isSameRun: boolean;
}

/** What only tells of a run. */
const TELLING: ReadonlySet<string> = new Set(['title', 'description', 'expect']);
/** What is compared apart. */
const LATER: ReadonlySet<string> = new Set(['duration', 'actions']);

const specOf = ({ settings }: Scenario): ScenarioSpec => (settings?.spec ?? {}) as ScenarioSpec;

const runOf = (scenario: Scenario): unknown =>
  Object.fromEntries(Object.entries(specOf(scenario)).filter(([key]) => !TELLING.has(key) && !LATER.has(key)));

const actionsUpTo = (scenario: Scenario, timeMs: number): unknown =>
  (specOf(scenario).actions ?? []).filter(({ at }) => milliseconds(at, 0) <= timeMs);

const isSettings = (part: string): boolean => /^kind: *["']?Scenario\b/m.test(part);

const unmarked = (part: string): string => `${withoutMark(part).trimEnd()}\n`;

/** A text with the Scenario document of another in place of its own. */
function withSettingsOf(text: string, other: string): string {
  const found = documentParts(other).find(isSettings);
  const parts = documentParts(text);
  const at = parts.findIndex(isSettings);
  if (at < 0) return found === undefined ? text : `${unmarked(found)}---\n${text}`;
  if (found === undefined) return parts.toSpliced(at, 1).join('');
  return parts.with(at, `${at > 0 ? '---\n' : ''}${unmarked(found)}`).join('');
}

/** See the header; undefined where what has happened by the moment would have been another. */
export function retold(
  { text, scenario: before }: { readonly text: string; readonly scenario: Scenario },
  edited: { readonly text: string; readonly scenario: Scenario },
  timeMs: number,
): Retold | undefined {
  const after = edited.scenario;
  if (!deepEqual(before.lesson?.written, after.lesson?.written) || !deepEqual(runOf(before), runOf(after)))
    return undefined;
  if (!deepEqual(actionsUpTo(before, timeMs), actionsUpTo(after, timeMs))) return undefined;
  const base = withSettingsOf(text, edited.text);
  const { scenario, problems } = parseScenario(base, { seed: before.config.seed });
  const objects = (one: Scenario) => one.documents.map(({ object }) => object);
  const isWhole = scenario && problems.length === 0 && deepEqual(scenario.settings, after.settings);
  if (!isWhole || !deepEqual(objects(scenario), objects(before))) return undefined;
  const isSameRun = before.durationMs === after.durationMs && deepEqual(before.config.inputs, scenario.config.inputs);
  return { text: base, scenario, isSameRun };
}
