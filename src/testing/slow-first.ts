/**
 * The order in which test files run: the few that take long begin, or one of them would run last on one processor while the others stand idle. Vitest knows
 * how long files took only where they have run before, and takes the largest first, which these are not.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest first. */
const SLOW = [
  'src/testing/swarm.test.ts',
  'src/lessons/lessons.test.ts',
  'src/ui/state/pairs.test.ts',
  'src/engine/runtime/time-travel.test.ts',
  'src/tidy.test.ts',
];

/** See the header. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => SLOW.findIndex((name) => moduleId.endsWith(`/${name}`));
    const sorted = await super.sort(files);
    const slow = sorted.filter((file) => rank(file) >= 0).sort((one, other) => rank(one) - rank(other));
    return [...slow, ...sorted.filter((file) => rank(file) < 0)];
  }
}
