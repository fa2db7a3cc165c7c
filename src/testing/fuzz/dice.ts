/** Draws for the fuzz targets: everything from one seed, so that a case is named by its target and a number. */
import { Random } from '../../engine/kernel/random';

/** A source of choices. */
export class Dice {
  private readonly random: Random;

  constructor(target: string, seed: number) {
    this.random = Random.split(seed, `fuzz/${target}`);
  }

  /** An integer from 0 up to, but not including, `bound`. */
  below(bound: number): number {
    return this.random.below(bound);
  }

  /** True once in `times`. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** `least` to `most` draws of something. */
  several<T>(least: number, most: number, draw: () => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, draw);
  }
}
