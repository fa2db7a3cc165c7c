/**
 * What a writer did not mean: commands that kubectl can't read, acts of a solution that end with an error, and fields that nothing can have. A wrong answer
 * may well be refused, which is what it shows; that it can't even be read shows nothing.
 */
import { unknownFields } from '../conditions/unknown-fields';
import type { Question, Task } from '../scenario/lesson';
import type { CommandResult } from '../session/run-command';

/** An act, from 0, that ended with an error. */
export interface FailedAct {
  readonly act: number;
  readonly stderr: string;
}

/** Hears what acts come to, and keeps those that fail. */
export function failuresOf(failed: FailedAct[]): (result: CommandResult, act: number) => void {
  return ({ code, stderr }, act) => {
    if (code !== 0) failed.push({ act, stderr });
  };
}

/** How kubectl begins to say that a command line is not one. */
const UNREADABLE =
  /^(error: )?(unknown (command|flag|shorthand flag)|flag needs an argument|invalid argument|required flag\(s\)|required resource not specified|unexpected args|the server doesn't have a resource type|at least one \S+ \S+ is required|you must (provide|specify)|exactly one \S+ is required|usage:)|^See 'kubectl [^']*(-h|--help)' for/im;

/** Whether kubectl could not read a command. */
export const isUnreadable = ({ stderr }: FailedAct): boolean => UNREADABLE.test(stderr);

/** What an error says, in a line. */
export const firstLine = ({ stderr }: FailedAct): string => stderr.trim().split('\n')[0] ?? '';

/** What the expressions of a question read that nothing can have. */
export const unknownInQuestion = ({ answer: { stretches, program } }: Question): readonly string[] =>
  [...stretches.map((stretch) => stretch.program), program].flatMap(({ tree }) => unknownFields(tree));

/** And those of a task, each with what it is called. */
export function unknownInTask({ goal, remarks }: Task): readonly (readonly [string, readonly string[]])[] {
  return [
    ['the goal', unknownFields(goal.tree)],
    ...remarks.map(({ when }, index) => [`remark ${index + 1}`, unknownFields(when.tree)] as const),
  ];
}
