/**
 * Integer random numbers from a seed: sfc32 over four 32-bit words, seeded by hashing the scenario's seed with a name,
 * so each component draws from a stream of its own and a new draw in one never shifts another.
 * Only integer operations, which every JavaScript engine computes alike.
 */

/** The four words of a stream: plain data, so a checkpoint can hold it. */
export type RandomWords = readonly [number, number, number, number];

/** FNV-1a, 32 bits, over UTF-16 code units. */
function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** A stream of random integers. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter: number;

  private constructor(words: RandomWords) {
    [this.a, this.b, this.c, this.counter] = words;
  }

  /** The stream called `name` of this seed. */
  static split(seed: number, name: string): Random {
    const random = new Random([seed | 0, fnv1a32(name) | 0, fnv1a32(`${seed}/${name}`) | 0, 1]);
    for (let round = 0; round < 12; round++) random.next32();
    return random;
  }

  static restore(words: RandomWords): Random {
    return new Random(words);
  }

  save(): RandomWords {
    return [this.a, this.b, this.c, this.counter];
  }

  /** Whether it would go on from these words. */
  isAt([a, b, c, counter]: RandomWords): boolean {
    return this.a === a && this.b === b && this.c === c && this.counter === counter;
  }

  /** A 32-bit unsigned integer. */
  next32(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum >>> 0;
  }

  /** An integer from 0 up to, but not including, `bound` (1 to 2^32), without bias worth speaking of. */
  below(bound: number): number {
    return this.next32() % bound;
  }
}
