/** A volume that a container has mounted in several places: what a program changes in one of them is seen in the others at once. Pure. */
import type { Files } from './cri';
import { mountOf, seenAt, storedAt } from './filesystem';
import type { Mount } from './records';

/** Takes over what has changed from `before` to `after` to wherever else it is mounted. */
export type TakeOver = (before: Files, after: Files) => Files;

/** See the header. */
export function repeatedMounts(mounts: readonly Mount[]): TakeOver {
  const repeated = mounts.filter((one) => mounts.some((other) => other !== one && other.volume === one.volume));
  if (repeated.length === 0) return (_before, after) => after;
  const elsewhere = (path: string): string[] => {
    const mount = mountOf(mounts, path);
    if (!mount || !repeated.includes(mount)) return [];
    const stored = storedAt(mount, path);
    return repeated.flatMap((other) => {
      const seen = other !== mount && other.volume === mount.volume ? seenAt(other, stored) : undefined;
      return seen !== undefined && mountOf(mounts, seen) === other ? [seen] : [];
    });
  };
  return (before, after) => {
    const files: Record<string, string> = { ...after };
    for (const path of Object.keys(before)) {
      if (!Object.hasOwn(after, path)) for (const seen of elsewhere(path)) delete files[seen];
    }
    for (const [path, content] of Object.entries(after)) {
      if (before[path] !== content) for (const seen of elsewhere(path)) files[seen] = content;
    }
    return files;
  };
}
