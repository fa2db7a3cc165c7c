/** What a host decides without looking at anything but what it is given. */
import { discoveryOf } from '../engine/api/discovery';
import type { Simulation } from '../engine/simulation';
import { type Problem, parseScenario, type Scenario } from '../scenario/scenario';
import { isVague } from '../session/plain-reason';
import type { CommandResult } from '../session/run-command';
import { validateText } from '../session/validate';
import type { CommandOutput } from './command-shapes';
import type { Applied, Reading } from './protocol';

/** Texts longer than this are run, but what the API server refuses is then only said by the steps. */
const MAX_VALIDATED_CHARACTERS = 200_000;

/** What kinds a run serves: of what custom ones are defined as far as it has run. */
type Served = Pick<Simulation, 'objectsAt' | 'step'>;

/** What the API server refuses in a text; a kind that the run serves by now is none that is missing. */
export function findingsIn(text: string, run?: Served): readonly Problem[] {
  if (text.length > MAX_VALIDATED_CHARACTERS) return [];
  const served = run && discoveryOf(run.objectsAt(run.step, 'CustomResourceDefinition'));
  return validateText(text, ({ apiVersion, kind }) => served?.findKind(apiVersion, kind)?.schema !== undefined);
}

/** What can be said of a text without applying it. */
export function readingOf(text: string, run?: Served): Reading {
  const { scenario, problems } = parseScenario(text);
  return { problems, findings: problems.length > 0 ? [] : findingsIn(text, run), notices: scenario?.notices ?? [] };
}

/** Of the reasons for which an edit was refused, those that the findings about its text don't tell better. */
export function unsaidOf(refused: readonly Problem[], findings: readonly Problem[]): readonly Problem[] {
  if (findings.length === 0) return refused;
  const isTold = ({ line, message }: Problem) =>
    isVague(message) || findings.some((finding) => finding.line === line || finding.message.includes(message));
  return refused.filter((problem) => !isTold(problem));
}

/** What a scenario says of its run. */
export const toldOf = ({ lesson, title, description }: Scenario): NonNullable<Applied['told']> => ({
  title: lesson?.title ?? title,
  description: description ?? '',
});

/** What of a command's result the page is told. */
export const outputOf = ({ stdout, stderr, code, printed, edits, endedMs }: CommandOutput): CommandOutput => ({
  stdout,
  stderr,
  code,
  ...(printed ? { printed } : {}),
  ...(edits ? { edits } : {}),
  ...(endedMs === undefined ? {} : { endedMs }),
});

/** Another scenario was opened before the command had ended. */
export const ABANDONED: CommandResult = { type: 'command', command: '', startedMs: 0, stdout: '', stderr: '', code: 1 };
