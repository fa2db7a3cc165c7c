/**
 * What was done by hand, written into the text as `actions` of its Scenario: to be read, edited and replayed. The rest of the text stays as
 * it is written, comments included; only what stands in one line and has to hold them becomes several.
 */
import { Document, isAlias, isMap, isPair, isScalar, isSeq, type Pair, parseAllDocuments, type YAMLSeq } from 'yaml';
import type { NodeConfig, TimedInput } from '../engine/simulation';
import { SCENARIO_API_VERSION } from './document-shape';
import { withoutFirstMarkers } from './files';
import { AS_READ, manifestText, UNFOLDED } from './manifest-text';

/** Something done, when the text is to say it was, and after how many steps of that ms. */
export interface WrittenAct {
  readonly input: TimedInput;
  readonly atMs: number;
  readonly afterSteps?: number;
}

const duration = (ms: number): string => {
  if (ms % 1000 !== 0) return `${ms}ms`;
  return ms % 60_000 === 0 && ms > 0 ? `${ms / 60_000}m` : `${ms / 1000}s`;
};

/** What of a machine has to be said; when it joins is when it is added. */
function addedNode({ joinsAtMs: _now, ...node }: NodeConfig): Record<string, unknown> {
  return Object.fromEntries(Object.entries(node).filter(([, value]) => value !== undefined));
}

/** An entry of `actions`. `until` is only said where it is not the default: the duration of the scenario. */
function entryOf(
  { input: { kind, payload }, atMs, afterSteps = 0 }: WrittenAct,
  durationMs: number,
): Record<string, unknown> {
  const when = { at: duration(atMs), ...(afterSteps > 0 ? { afterSteps } : {}) };
  if (kind === 'join') return { ...when, addNode: addedNode(payload as NodeConfig) };
  const { command, stdin, untilMs, documents = [], forMs, latencyMs, ...fault } = payload as Record<string, unknown>;
  if (kind === 'kubectl') {
    const until = untilMs === undefined || untilMs === durationMs ? {} : { until: duration(untilMs as number) };
    return { ...when, kubectl: command, ...(stdin === undefined ? {} : { stdin }), ...until };
  }
  if (kind === 'apply') return { ...when, apply: manifestText(documents as readonly unknown[]) };
  const times = {
    ...(forMs === undefined ? {} : { for: duration(forMs as number) }),
    ...(latencyMs === undefined ? {} : { latency: duration(latencyMs as number) }),
  };
  return { ...when, [kind === 'heal' ? 'heal' : 'fault']: { ...(fault as object), ...times } };
}

/** The entries as lines of a block sequence, each on one line where it fits. */
function linesOf(entries: readonly Record<string, unknown>[]): string {
  const document = new Document(entries, AS_READ);
  for (const item of (document.contents as unknown as YAMLSeq).items) {
    const isLong =
      isMap(item) && item.items.some(({ value }: Pair) => isScalar(value) && String(value.value).includes('\n'));
    if (isMap(item)) item.flow = !isLong;
  }
  return document.toString({ ...UNFOLDED, flowCollectionPadding: false });
}

const indented = (lines: string, by: number): string => lines.replaceAll(/^(?=.)/gm, ' '.repeat(by));

const isScenario = (document: Document): boolean =>
  document.get('kind') === 'Scenario' && document.get('apiVersion') === SCENARIO_API_VERSION;

/** The column at which a place of a text stands, from 0. */
const columnOf = (text: string, at: number): number => at - (text.lastIndexOf('\n', at - 1) + 1);

/** Puts lines after what ends at a place: they begin on a line of their own. */
function insertedAfter(text: string, end: number, lines: string): string {
  const next = text[end - 1] === '\n' ? end : text.indexOf('\n', end) + 1;
  return next > 0 ? text.slice(0, next) + lines + text.slice(next) : `${text}\n${lines}`;
}

type Range = readonly [number, number, number];
const rangeOf = (node: unknown): Range | undefined => (node as { range?: Range } | null | undefined)?.range;

/** Puts a block in the place of a value that stands in one line; a comment after it stays on that line. */
function inPlaceOf([start, end]: Range, text: string, block: string): string {
  const newline = text.indexOf('\n', end);
  const lineEnd = newline < 0 ? text.length : newline;
  const comment = text.slice(end, lineEnd).trim();
  return `${text.slice(0, start).trimEnd()}${comment && ` ${comment}`}\n${block}${text.slice(lineEnd + 1)}`;
}

/** What stands in one line as a line each: entries of a list, or of a mapping. */
function asBlock(text: string, items: readonly unknown[], by: number): string {
  return items
    .map((item) => {
      const [from, to] = isPair(item) ? [item.key, item.value ?? item.key] : [item, item];
      const written = text.slice(rangeOf(from)?.[0], rangeOf(to)?.[1]);
      return `${' '.repeat(by)}${isPair(item) ? '' : '- '}${written}\n`;
    })
    .join('');
}

/** The text with the lines among its actions; undefined where they are not written out (an alias). */
function withLines(text: string, document: Document, lines: string): string | undefined {
  const whole = document.contents;
  const spec = document.get('spec', true);
  if (spec === undefined) {
    const end = isMap(whole) ? rangeOf(whole.items.at(-1)?.value) : undefined;
    return end && insertedAfter(text, end[1], `spec:\n  actions:\n${indented(lines, 2)}`);
  }
  const place = rangeOf(spec);
  if (!place) return undefined;
  const isNothing = isScalar(spec) && spec.value === null;
  if (isNothing) return inPlaceOf(place, text, `  actions:\n${indented(lines, 2)}`);
  if (!isMap(spec)) return undefined;
  const actions = spec.get('actions', true);
  if (spec.flow) {
    const others = spec.items.filter(({ value }) => value !== actions || actions === undefined);
    const own = isSeq(actions) ? asBlock(text, actions.items, 2) : '';
    return inPlaceOf(place, text, `${asBlock(text, others, 2)}  actions:\n${own}${indented(lines, 2)}`);
  }
  const by = columnOf(text, place[0]);
  if (actions === undefined) {
    const end = rangeOf(spec.items.at(-1)?.value);
    return end && insertedAfter(text, end[1], `${' '.repeat(by)}actions:\n${indented(lines, by)}`);
  }
  return isAlias(actions) ? undefined : withMoreActions(text, actions, lines, by);
}

function withMoreActions(text: string, actions: unknown, lines: string, by: number): string | undefined {
  const place = rangeOf(actions);
  if (!place) return undefined;
  if (!isSeq(actions)) return inPlaceOf(place, text, indented(lines, by));
  if (actions.flow) return inPlaceOf(place, text, asBlock(text, actions.items, by) + indented(lines, by));
  const end = rangeOf(actions.items.at(-1));
  return end && insertedAfter(text, end[1], indented(lines, columnOf(text, place[0])));
}

/** See the header. Throws where the text's actions are not written out. */
export function withActions(text: string, acts: readonly WrittenAct[], durationMs: number): string {
  const lines = linesOf(acts.map((act) => entryOf(act, durationMs)));
  const documents = parseAllDocuments(text);
  const found = 'empty' in documents ? undefined : documents.find(isScenario);
  if (found) {
    const written = withLines(text, found, lines);
    if (written === undefined) throw new Error('the actions of this Scenario are an alias of something else');
    return written;
  }
  const head = `apiVersion: ${SCENARIO_API_VERSION}\nkind: Scenario\nmetadata: {name: what-was-done}\nspec:\n  actions:\n`;
  return `${head}${indented(lines, 2)}---\n${withoutFirstMarkers(text)}`;
}
