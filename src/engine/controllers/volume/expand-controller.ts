/**
 * Says that a bound claim that asks for more waits for its driver. Follows pkg/controller/volume/expand/expand_controller.go; no plugin of
 * Kubernetes' own can expand any more, so this is all that it does.
 */
import { compareQuantities } from '../../api/quantity';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types';
import { type Component, type Context, cacheOf, type WatchEvent } from '../../client/component';
import { type ControllerMemory, defineController, type Result } from '../../client/controller';

const requested = (claim: PersistentVolumeClaim): string => claim.spec.resources?.requests?.storage ?? '0';

function hasGrown({ value, previous }: WatchEvent): boolean {
  if (!value || !previous) return false;
  const claim = value as PersistentVolumeClaim;
  return (
    claim.status.phase === 'Bound' &&
    compareQuantities(requested(claim), requested(previous as PersistentVolumeClaim)) > 0
  );
}

const base = defineController({
  name: 'persistentvolume-expander-controller',
  eventSource: 'volume_expand',
  for: 'PersistentVolumeClaim',
  filter: (_actor, event) => hasGrown(event),
  reconcile,
});

/** The controller of growing claims. */
export const expandController: Component<ControllerMemory> = {
  ...base,
  watches: [...base.watches, cacheOf('PersistentVolume')],
};

function reconcile(context: Context<ControllerMemory>, key: string): Result {
  const claim = context.lister.byKey<PersistentVolumeClaim>('PersistentVolumeClaim', key);
  const volume =
    claim && context.lister.get<PersistentVolume>('PersistentVolume', undefined, claim.spec.volumeName ?? '');
  if (!claim || volume?.spec.claimRef?.uid !== claim.metadata.uid) return undefined;
  if (compareQuantities(requested(claim), claim.status.capacity?.storage ?? '0') <= 0) return undefined;
  const message = 'waiting for an external controller to expand this PVC';
  context.events.record(claim, 'Normal', 'ExternalExpanding', message);
  context.say('wait', claim, `PersistentVolumeClaim ${claim.metadata.name} waits for its driver to grow its volume`);
  return undefined;
}
