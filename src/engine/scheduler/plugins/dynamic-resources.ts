/**
 * Stands for the part of the DynamicResources plugin that every Pod meets: when no node fits, it reports that there is
 * no claim it could take back, which is why 1.36's messages read so. ResourceClaims themselves are not simulated.
 * Follows plugins/dynamicresources/dynamicresources.go (PostFilter).
 */
import { definePlugin, failure, unschedulable } from '../framework';

const NAME = 'DynamicResources';

/** See the header. */
export const dynamicResources = definePlugin({
  name: NAME,
  preFilter: () => ({}),
  // Without its own PreFilter it finds nothing that it kept, and that is what the message ends with.
  postFilter: ({ preFiltered }) => ({
    status: preFiltered.has(NAME) ? unschedulable('no new claims to deallocate') : failure('not found'),
  }),
});
