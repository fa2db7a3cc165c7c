/** xargs: calls a command with what it reads. Follows POSIX.1-2017 (xargs). */
import type { Command } from './host';
import { linesIn, optionValue, withoutOption } from './text-commands';

/** xargs, with -n and -I. */
export const xargs: Command = (args, io) => {
  const replace = optionValue(args, 'I');
  const batch = Number(optionValue(args, 'n') ?? 0);
  const words = [...['I', 'n', 'P'].reduce(withoutOption, args)].filter((one) => !/^-[rt0]$/.test(one));
  const command = words.length > 0 ? words : ['echo'];
  const isNul = args.includes('-0');
  const parts = isNul ? io.input.split('\0').filter(Boolean) : io.input.split(/\s+/).filter(Boolean);
  const items = replace === undefined || isNul ? parts : linesIn(io.input);
  let status = 0;
  const run = (argv: readonly string[]): void => {
    if (args.includes('-t')) io.errors += `${argv.join(' ')}\n`;
    const result = io.call(argv, '');
    if (result !== 0) status = result === 126 || result === 127 ? result : 123;
  };
  if (replace !== undefined) for (const item of items) run(command.map((word) => word.replaceAll(replace, item)));
  else if (batch > 0)
    for (let at = 0; at < items.length; at += batch) run([...command, ...items.slice(at, at + batch)]);
  else run([...command, ...items]);
  return status;
};
