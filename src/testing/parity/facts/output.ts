/** The fact `output`: what every kubectl command printed, and its exit code. */
import type { Substitute } from '../placeholders';
import type { Json, Run } from '../run';

const HELP = /(^|\n)(Usage|Available Commands):\n/;
const AGE = /\b(\d+d)?(\d+h)?(\d+m)?\d+(\.\d+)?s\b|\b\d+d\d+h\b|\b\d+[mhd]\b(?!i)/g;

/** Help texts count by their exit code only; ages, ids, ports and widths of columns are chance. */
function textOf(output: string, substitute: Substitute): string {
  return (HELP.test(output) ? '{help}' : substitute(output))
    .replace(/\b[0-9a-f]{64}\b/g, '{id}')
    .replace(AGE, '{age}')
    .replace(/\b3[0-2]\d{3}\b/g, '{port}')
    .replace(/[ \t]{2,}/g, '  ')
    .replace(/[ \t]+$/gm, '')
    .trim();
}

interface Line {
  readonly time: number;
  readonly isApply: boolean;
  command: string;
  stdout: string;
  stderr: string;
  code: number;
}

const join = (...texts: readonly string[]): string => texts.filter(Boolean).join('\n');

/** The commands in order; documents applied by one action are one command. */
export function output(run: Run, substitute: Substitute): Json {
  const lines: Line[] = [];
  for (const { time, command, stdout, stderr, code } of run.commands) {
    const isApply = command === 'apply -f -';
    if (isApply && time === 0) continue;
    const line = {
      time,
      isApply,
      command,
      stdout: textOf(stdout, substitute),
      stderr: textOf(stderr, substitute),
      code,
    };
    const last = lines.at(-1);
    if (isApply && last?.isApply && last.time === time) {
      last.stdout = join(last.stdout, line.stdout);
      last.stderr = join(last.stderr, line.stderr);
      last.code ||= code;
    } else lines.push(line);
  }
  return lines.map(({ command, stdout, stderr, code }) => ({ command, stdout, stderr, code }));
}
