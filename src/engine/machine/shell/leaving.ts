/** The built-ins that leave loops and functions. Follows POSIX.1-2017, Shell Command Language, 2.14 (break, continue, return). */
import type { Builtin } from './builtin';
import { finish, pop, unwindTo } from './frames';
import type { Frame } from './process-state';
import { exitShell } from './signals';

const isLoop = ({ node }: Frame): boolean => ['while', 'until', 'for', 'count'].includes(node.kind);

/** `break` and `continue`: ends what is inside the loop that is meant, and perhaps the loop. */
export const leaveLoop =
  (isOver: boolean): Builtin =>
  (_running, process, args, frame) => {
    let levels = Math.max(1, Number(args[0] ?? 1) || 1);
    const depth = process.frames.filter(isLoop).length;
    if (depth === 0) return 0;
    levels = Math.min(levels, depth);
    process.status = 0;
    if (process.frames.at(-1) === frame) pop(process);
    for (let level = 1; level <= levels; level++) {
      unwindTo(process, isLoop);
      if (level < levels || isOver) pop(process);
    }
    const loop = process.frames.at(-1);
    if (!isOver && loop && !/^(for|count)$/.test(loop.node.kind)) {
      loop.at = 0;
      loop.streamed = 0;
    }
    return undefined;
  };

/** `return`. */
export const leaveFunction: Builtin = (_running, process, args, frame) => {
  const status = args[0] === undefined ? process.status : Number(args[0]) & 255;
  if (!unwindTo(process, (one) => one !== frame && one.call !== undefined)) {
    exitShell(process, status);
    return undefined;
  }
  finish(process, process.frames.at(-1) as Frame, status);
  return undefined;
};
