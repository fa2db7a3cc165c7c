/** What a host decides without looking at anything but what it is given. */
import { type Problem, parseScenario } from '../scenario/scenario';
import { isVague } from '../session/plain-reason';
import type { CommandResult } from '../session/run-command';
import { validateText } from '../session/validate';
import type { CommandOutput } from './command-shapes';
import type { Reading } from './protocol';

/** Texts longer than this are run, but what the API server refuses is then only said by the steps. */
const MAX_VALIDATED_CHARACTERS = 200_000;

/** What the API server refuses in a text. */
export function findingsIn(text: string): readonly Problem[] {
  return text.length > MAX_VALIDATED_CHARACTERS ? [] : validateText(text);
}

/** What can be said of a text without applying it. */
export function readingOf(text: string): Reading {
  const { scenario, problems } = parseScenario(text);
  return { problems, findings: problems.length > 0 ? [] : findingsIn(text), notices: scenario?.notices ?? [] };
}

/** Of the reasons for which an edit was refused, those that the findings about its text don't tell better. */
export function unsaidOf(refused: readonly Problem[], findings: readonly Problem[]): readonly Problem[] {
  if (findings.length === 0) return refused;
  return refused.filter(({ line, message }) => !isVague(message) && !findings.some((finding) => finding.line === line));
}

/** What of a command's result the page is told. */
export const outputOf = ({ stdout, stderr, code, edits, endedMs }: CommandOutput): CommandOutput => ({
  stdout,
  stderr,
  code,
  ...(edits ? { edits } : {}),
  ...(endedMs === undefined ? {} : { endedMs }),
});

/** Another scenario was opened before the command had ended. */
export const ABANDONED: CommandResult = { type: 'command', command: '', startedMs: 0, stdout: '', stderr: '', code: 1 };
