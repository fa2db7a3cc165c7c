/** What a step's component read, held against the store: where its cache was behind, it decided on what is no longer so. Pure. */
import { joinKey, splitKey } from '../engine/api/meta';
import type { Read, Simulation } from '../engine/simulation';

/** An object that was read, as of which revision the cache had it, and the store just before the step; null where it was gone. */
export interface ReadObject {
  readonly key: string;
  readonly revision: number;
  readonly stored: number | null;
}

/** Something that was read. */
export interface ReadRow {
  readonly from: Read['from'];
  readonly kind: string;
  readonly what: string;
  readonly count: number;
  readonly named: readonly ReadObject[];
}

/** See the header; in the order in which it was read. */
export function readsOf(simulation: Simulation, step: number): ReadRow[] {
  const before = Math.max(0, step - 1);
  const stored = (kind: string, key: string) => {
    const { namespace, name } = splitKey(key);
    return simulation.objectAt(before, kind, namespace || undefined, name);
  };
  return simulation.readsAt(step).map(({ named, ...read }) => {
    const objects = named.map(({ key }) => stored(read.kind, key));
    return {
      ...read,
      what: ownerNamed(read.what, objects[0]),
      named: named.map(({ key, revision }, index) => ({
        key,
        revision,
        stored: Number(objects[index]?.metadata.resourceVersion ?? 0) || null,
      })),
    };
  });
}

/** An index by the uid of the controller is said by its name. */
function ownerNamed(what: string, object: ReturnType<Simulation['objectAt']>): string {
  const uid = /^controller=(.+)$/.exec(what)?.[1];
  const owner = uid && object?.metadata.ownerReferences?.find((each) => each.uid === uid);
  return owner ? `${owner.kind} ${joinKey(object?.metadata.namespace, owner.name)}` : what;
}
