/** What is wrong with what is recorded, before it is put into the text: there it could not be read. */
import { compileCondition } from '../conditions/condition';
import { compilePrediction } from '../conditions/prediction';
import { parseScenario } from '../scenario/scenario';
import type { Recorded } from './record';

/** A mistake, and in which field of the form; 'text' for what only shows in the whole. */
export interface RecordProblem {
  readonly field: 'goal' | 'answer' | 'remark' | 'text';
  /** Which remark, from 1. */
  readonly number: number;
  readonly message: string;
}

function conditionProblem(text: string): string | undefined {
  const compiled = compileCondition(text);
  if ('problem' in compiled) return compiled.problem;
  return compiled.type === undefined
    ? undefined
    : `the expression is ${compiled.type}, which is neither true nor false`;
}

function* inExpressions({ task, question }: Recorded): Generator<RecordProblem> {
  const goal = task && conditionProblem(task.goal);
  if (goal !== undefined) yield { field: 'goal', number: 0, message: goal };
  for (const [index, { when }] of (task?.remarks ?? []).entries()) {
    const message = conditionProblem(when);
    if (message !== undefined) yield { field: 'remark', number: index + 1, message };
  }
  const answer = question && compilePrediction(question.answer);
  if (answer && 'problem' in answer) yield { field: 'answer', number: 0, message: answer.problem };
}

/** See the header; `text` is what comes of it. */
export function recordProblems(recorded: Recorded, text: string): readonly RecordProblem[] {
  const found = [...inExpressions(recorded)];
  if (found.length > 0) return found;
  return parseScenario(text).problems.map(({ message }) => ({ field: 'text', number: 0, message }));
}
