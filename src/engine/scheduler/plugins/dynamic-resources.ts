/**
 * Stands for the part of the DynamicResources plugin that every Pod meets: when no node fits, it reports that there is
 * no claim it could take back, which is why 1.36's messages read so. ResourceClaims themselves are not simulated.
 * Follows plugins/dynamicresources/dynamicresources.go (PostFilter).
 */
import { definePlugin, unschedulable } from '../framework';

/** See the header. */
export const dynamicResources = definePlugin({
  name: 'DynamicResources',
  postFilter: () => ({ status: unschedulable('no new claims to deallocate') }),
});
