/** Who belongs to whom: at most one controller, owners that have existed, and nobody left behind by all owners. */
import type { KubeObject } from '../../engine/api/meta';
import { type Checker, nameOf } from './history';

/** How long a controller may act on a view in which an owner still exists. */
const STALE_MS = 1000;

const ownersOf = (object: KubeObject | undefined) => object?.metadata.ownerReferences ?? [];

export const ownerReferences: Checker = {
  name: 'owner references',
  begin: (complain) => ({
    change: ({ value, previous, atMs }, state, step) => {
      if (!value) return;
      const owners = ownersOf(value);
      if (owners.filter((owner) => owner.controller).length > 1) complain(`${nameOf(value)} has two controllers`);
      const known = new Set(ownersOf(previous).map((owner) => owner.uid));
      // People may write what they like; the garbage collector then removes it.
      if (step?.actor === 'user') return;
      for (const owner of owners) {
        if (known.has(owner.uid)) continue;
        const found = state.withUid(owner.uid);
        const goneAtMs = state.goneAtMs.get(owner.uid);
        if (found && (found.kind !== owner.kind || found.metadata.name !== owner.name)) {
          complain(`${nameOf(value)} calls ${nameOf(found)} ${owner.kind} ${owner.name}`);
        } else if (!found && goneAtMs === undefined) {
          complain(`${nameOf(value)} has an owner that never existed: ${owner.kind} ${owner.name}`);
        } else if (!found && atMs - (goneAtMs ?? 0) > STALE_MS) {
          complain(`${nameOf(value)} got an owner that is long gone: ${owner.kind} ${owner.name}`);
        }
      }
    },
    settled: (state) => {
      for (const object of state.kinds().flatMap((kind) => state.list(kind))) {
        const owners = ownersOf(object);
        if (owners.length > 0 && owners.every((owner) => !state.withUid(owner.uid))) {
          complain(`${nameOf(object)} outlives all its owners`);
        }
      }
    },
  }),
};
