/** Turns what was done by hand into a chapter with a task and its solution, as text of a Lesson document. JSON is YAML, so values are written as JSON. */
import type { TimedInput } from '../engine/simulation';

/** What is said of the task beside what was done. */
export interface Recorded {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly goal: string;
}

const duration = (ms: number): string => (ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`);

/** What an act does, as it is written. */
function deedOf({ kind, payload }: TimedInput): string {
  const { command, stdin, documents, forMs, latencyMs, ...fault } = payload as Record<string, unknown>;
  if (kind === 'kubectl')
    return `kubectl: ${JSON.stringify(command)}${stdin === undefined ? '' : `, stdin: ${JSON.stringify(stdin)}`}`;
  if (kind === 'apply') return `apply: ${JSON.stringify(documents)}`;
  const times = {
    ...(forMs === undefined ? {} : { for: duration(Number(forMs)) }),
    ...(latencyMs === undefined ? {} : { latency: duration(Number(latencyMs)) }),
  };
  return `${kind === 'heal' ? 'heal' : 'fault'}: ${JSON.stringify({ ...fault, ...times })}`;
}

function solutionOf(inputs: readonly TimedInput[]): readonly string[] {
  return inputs.map((input, index) => {
    const waitedMs = input.atMs - (inputs[index - 1] ?? input).atMs;
    return `      - {${waitedMs > 0 ? `after: ${duration(waitedMs)}, ` : ''}${deedOf(input)}}`;
  });
}

function chapterOf(inputs: readonly TimedInput[], { title, text, goal }: Recorded): readonly string[] {
  return [
    `  - title: ${JSON.stringify(title)}`,
    `    text: ${JSON.stringify(text)}`,
    `    look: {at: ${duration(inputs[0]?.atMs ?? 0)}}`,
    '    task:',
    `      goal: ${JSON.stringify(goal)}`,
    '      hints: []',
    '      solution:',
    ...solutionOf(inputs),
    '      wrong: []',
  ];
}

/** The end of the Lesson document of a text, as a line's index; undefined when it has none. */
function endOfLesson(lines: readonly string[]): number | undefined {
  const kind = lines.findIndex((line) => /^kind: *["']?Lesson["']?\s*(#.*)?$/.test(line));
  if (kind < 0) return undefined;
  const next = lines.findIndex((line, index) => index > kind && /^---/.test(line));
  let end = next < 0 ? lines.length : next;
  while (end > kind && lines[end - 1]?.trim() === '') end -= 1;
  return end;
}

/** A text with one chapter more, in the lesson that it has or in a new one. */
export function withChapter(text: string, inputs: readonly TimedInput[], recorded: Recorded): string {
  const lines = text.replace(/\s+$/, '').split('\n');
  const chapter = chapterOf(inputs, recorded);
  const end = endOfLesson(lines);
  if (end !== undefined) return `${[...lines.slice(0, end), ...chapter, ...lines.slice(end)].join('\n')}\n`;
  const head = [
    '---',
    'apiVersion: kubestep.dev/v1alpha1',
    'kind: Lesson',
    `metadata: {name: ${JSON.stringify(recorded.name)}}`,
    'spec:',
    `  title: ${JSON.stringify(recorded.title)}`,
    '  chapters:',
  ];
  return `${[...lines, ...head, ...chapter].join('\n')}\n`;
}
