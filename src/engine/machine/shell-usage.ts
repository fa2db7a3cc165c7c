/**
 * What the programs that a container's shell has begun use of CPU and memory: stress by its options, loops and `yes` that never wait a whole CPU
 * each, `tail /dev/zero` and what outgrows what a process may have here ever more memory. Pure. Everything else uses next to nothing.
 */
import type { UsageProfile } from '../measures/usage';
import type { ProcessTable } from './shell/shell';
import { stressBy } from './stress';

const CPU_MILLI = 1000;
const GIB = 1024 ** 3;
/** How fast a program fills memory that reads what never ends. */
const GROWTH_PER_SECOND = GIB;

interface Moment {
  readonly startedAtMs: number;
  readonly nowMs: number;
  readonly before: UsageProfile;
  /** The image holds utilities alone. */
  readonly isBare: boolean;
}

/** The profile of a container from now on; the same one when nothing has changed. */
export function usageInShell(resting: UsageProfile, table: ProcessTable, moment: Moment): UsageProfile {
  let [milli, bytes, growth, processes] = [0, 0, 0, 0];
  for (const { exit, wait, descriptors } of table.processes) {
    if (exit !== undefined) continue;
    if (!wait) milli += table.isBusy ? CPU_MILLI : 0;
    const words = wait && 'title' in wait ? wait.title.split(' ') : [];
    const name = words[0]?.replace(/^.*\//, '');
    if (!moment.isBare && (name === 'stress' || name === 'stress-ng')) {
      const { usage } = stressBy(words);
      milli += usage.idleMilli ?? 0;
      bytes += usage.baseBytes ?? 0;
      processes += usage.processes?.base ?? 0;
    } else if (name === 'yes' || name === 'dd')
      milli += wait?.for === 'ever' || (wait?.for === 'room' && descriptors[1]?.kind !== 'pipe') ? CPU_MILLI : 0;
    else if (wait?.for === 'ever' && (wait.grows || (name === 'tail' && words.includes('/dev/zero'))))
      growth += GROWTH_PER_SECOND;
  }
  if (milli === 0 && bytes === 0 && growth === 0) return resting;
  const { startedAtMs, nowMs, before } = moment;
  const idleMilli = resting.idleMilli + milli;
  const growthBytesPerSecond = resting.growthBytesPerSecond + growth;
  if (
    before.idleMilli === idleMilli &&
    before.growthBytesPerSecond === growthBytesPerSecond &&
    (growth > 0 || before.baseBytes === resting.baseBytes + bytes)
  )
    return before;
  const baseBytes = resting.baseBytes + bytes - Math.round((growth * (nowMs - startedAtMs)) / 1000);
  const count = processes > 0 ? { processes: { base: 1 + processes, growthPerSecond: 0, steps: [] } } : {};
  return { ...resting, idleMilli, growthBytesPerSecond, baseBytes, ...count };
}
