/** How many timers fired in the present virtual millisecond and second, and whose they were: what budgets are held against. */

/** A rate as a checkpoint keeps it. */
export interface FiringRateSnapshot {
  readonly atMs: number;
  readonly inMs: number;
  readonly inSecond: number;
  /** Actors and how many theirs were by turns, in the order of their first. */
  readonly byActor: readonly (string | number)[];
}

/** See the header. */
export class FiringRate {
  private atMs = -1;
  private msCount = 0;
  private secondCount = 0;
  private byActor = new Map<string, number>();

  /** Timers fired in the ms of the latest one. */
  get inMs(): number {
    return this.msCount;
  }

  /** Timers fired in the virtual second of the latest one. */
  get inSecond(): number {
    return this.secondCount;
  }

  /** Counts one. Times never go back. */
  count(atMs: number, actor: string): void {
    if (Math.floor(atMs / 1000) !== Math.floor(this.atMs / 1000)) {
      this.secondCount = 0;
      this.byActor.clear();
    }
    this.msCount = atMs === this.atMs ? this.msCount + 1 : 1;
    this.secondCount++;
    this.atMs = atMs;
    this.byActor.set(actor, (this.byActor.get(actor) ?? 0) + 1);
  }

  /** The actor that most timers of this second were for; of several the first by name. */
  busiest(): string {
    let found = '';
    let most = 0;
    for (const [actor, count] of this.byActor) {
      if (count < most || (count === most && actor > found)) continue;
      found = actor;
      most = count;
    }
    return found;
  }

  save(): FiringRateSnapshot {
    const { atMs, msCount, secondCount, byActor } = this;
    return { atMs, inMs: msCount, inSecond: secondCount, byActor: [...byActor].flat() };
  }

  restore({ atMs, inMs, inSecond, byActor }: FiringRateSnapshot): void {
    this.atMs = atMs;
    this.msCount = inMs;
    this.secondCount = inSecond;
    this.byActor = new Map();
    for (let at = 0; at < byActor.length; at += 2) this.byActor.set(byActor[at] as string, byActor[at + 1] as number);
  }
}
