/** sleep, and how long what it is given is. Follows GNU coreutils and BusyBox. */
import { isBusyBox } from './held-programs';
import { type Command, fail } from './host';

/** Milliseconds of `10`, `0.5`, `2m`, `infinity`; undefined when it is none. */
export function sleepMs(text: string): number | undefined {
  if (text === 'infinity' || text === 'inf') return Number.POSITIVE_INFINITY;
  const match = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(text);
  if (!match) return undefined;
  const unit = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] ?? ''] ?? 1000;
  return Math.round(Number(match[1]) * unit);
}

/** sleep. */
export const sleep: Command = (args, io) => {
  if (args.length === 0) return fail(io, isBusyBox(io.host) ? 'Usage: sleep [N]...' : 'sleep: missing operand');
  let total = 0;
  for (const argument of args) {
    const ms = sleepMs(argument);
    if (ms === undefined)
      return fail(io, `sleep: invalid ${isBusyBox(io.host) ? 'number' : 'time interval'} '${argument}'`);
    total += ms;
  }
  return total === Number.POSITIVE_INFINITY ? 'forever' : { sleepMs: total };
};
