/** grep inside a container: -E, -F, -i, -v, -w, -c and -q, by a linear matcher. Follows BusyBox's messages. */
import { quotePattern, translatePosixPattern } from '../../api/posix-pattern';
import { parseRegularExpression } from '../../api/regular-expression';
import { type Command, fail, plainArguments, say } from './commands';

/** Prints the lines of files or input that match. */
export const grep: Command = (args, io) => {
  const has = (letter: string) => args.some((argument) => /^-\w+$/.test(argument) && argument.includes(letter));
  const [pattern = '', ...paths] = plainArguments(args);
  const translated = has('F') ? { expression: quotePattern(pattern) } : translatePosixPattern(pattern, has('E'));
  const parsed =
    'problem' in translated
      ? translated
      : parseRegularExpression(has('w') ? `\\b(?:${translated.expression})\\b` : translated.expression, {
          ignoreCase: has('i'),
        });
  if ('problem' in parsed) return fail(io, `grep: bad regex '${pattern}': ${parsed.problem}`, 2);
  const text = paths.length > 0 ? paths.map((path) => io.host.files[path] ?? '').join('') : io.input;
  const lines = text.split('\n').filter((line) => line !== '' && parsed.test(line) !== has('v'));
  if (has('c')) say(io, String(lines.length));
  else if (!has('q') && lines.length > 0) say(io, lines.join('\n'));
  return lines.length > 0 ? 0 : 1;
};
