/** Names of Events: nanoseconds tell apart what happens within one millisecond, where each component begins somewhere else and counts on. */
import { Random } from '../kernel/random';
import type { World } from './world';

/** Names for the Events of one component. */
export class EventNames {
  private readonly firstNanos: number;

  constructor(
    private readonly world: Pick<World, 'startUnixMs' | 'nowMs' | 'store'>,
    actor: string,
    /** How many were given. */
    public count = 0,
  ) {
    this.firstNanos = Random.split(0, actor).below(999) * 1000;
  }

  next(namespace: string, objectName: string): string {
    const { world } = this;
    const ms = BigInt(world.startUnixMs + world.nowMs);
    for (let nanos = this.firstNanos + (this.count++ % 1000); ; nanos++) {
      const name = `${objectName}.${(ms * 1_000_000n + BigInt(nanos)).toString(16)}`;
      if (!world.store.get('Event', `${namespace}/${name}`)) return name;
    }
  }
}
