/** Tries an edit on a branch of its own, so that one that the API server refuses leaves no trace. */
import type { Simulation } from '../engine/simulation';
import type { SourceDocument } from '../kubectl/yaml';
import type { Problem } from '../scenario/scenario';
import { deletionOf, EDITOR, type TextChanges } from './applied-texts';
import { type Cursor, forkAt } from './cursor';
import { plainReasons } from './plain-reason';
import { CommandRun } from './run-command';

/** Whatever is due at the same moment may come before an edit. */
const MAX_STEPS = 20_000;

/** How an edit came out. */
export interface Rehearsal {
  /** The branch in which it was made. */
  readonly simulation: Simulation;
  /** The step in which it ended; undefined when a budget keeps time from going on. */
  readonly step: number | undefined;
  /** Why it was refused, one reason for each manifest. */
  readonly reasons: readonly string[];
}

/** See the header. */
export function rehearse(from: Simulation, at: Cursor, { changed, vanished }: TextChanges): Rehearsal {
  const simulation = forkAt(from, at);
  const requests = [
    ...(changed.length > 0 ? [{ documents: changed, source: EDITOR }] : []),
    ...vanished.map((object) => ({ command: deletionOf(object) })),
  ];
  let step: number | undefined;
  for (const request of requests) {
    const run = new CommandRun(simulation, request, MAX_STEPS);
    const { code, stderr } = run.finish();
    if (run.cutShort === 'limit') return { simulation, step: undefined, reasons: [] };
    if (code !== 0) return { simulation, step, reasons: plainReasons(stderr) };
    step = run.endedStep;
  }
  return { simulation, step, reasons: [] };
}

/** Brings reasons back to the manifests they are about. */
export function problemsOf(reasons: readonly string[], documents: readonly SourceDocument[]): Problem[] {
  return reasons.map((message) => {
    const about = documents.find(({ object }) => message.includes(String(object.metadata?.name))) ?? documents[0];
    const field = /unknown field "([^"]+)"/.exec(message)?.[1] ?? /^\S+ \S+: ([\w.[\]-]+): /.exec(message)?.[1] ?? '';
    const range = about?.rangeOf(field) ?? { line: 1, column: 1, endLine: 1, endColumn: 2 };
    return { ...range, message };
  });
}
