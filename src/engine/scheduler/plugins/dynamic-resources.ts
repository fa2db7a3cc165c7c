/**
 * Stands for the part of the DynamicResources plugin that is there without claims: a Pod that asks for one waits for it
 * outside the queue, without an Event or a condition; when no node fits another, it reports that there is no claim it
 * could take back, which is why 1.36's messages read so. ResourceClaims themselves are not simulated.
 * Follows plugins/dynamicresources/dynamicresources.go (PreEnqueue, PostFilter).
 */
import { definePlugin, failure, unresolvable, unschedulable } from '../framework';

const NAME = 'DynamicResources';

/** See the header. */
export const dynamicResources = definePlugin({
  name: NAME,
  preEnqueue({ metadata: { namespace, name }, spec }) {
    const claim = spec.resourceClaims?.[0];
    if (claim === undefined) return undefined;
    return unresolvable(
      claim.resourceClaimName === undefined
        ? `pod "${namespace}/${name}": ResourceClaim not created yet`
        : `resourceclaim.resource.k8s.io "${claim.resourceClaimName}" not found`,
    );
  },
  preFilter: () => ({}),
  // Without its own PreFilter it finds nothing that it kept, and that is what the message ends with.
  postFilter: ({ preFiltered }) => ({
    status: preFiltered.has(NAME) ? unschedulable('no new claims to deallocate') : failure('not found'),
  }),
});
