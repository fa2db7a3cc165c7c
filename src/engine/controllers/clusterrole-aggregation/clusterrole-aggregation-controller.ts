/**
 * Keeps the rules of aggregated ClusterRoles equal to those of the ClusterRoles that their selectors choose.
 * Reads and writes ClusterRoles only.
 * Follows pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go; it updates where upstream applies.
 */
import { type KubeObject, keyOf } from '../../api/meta';
import { aggregatedRules, sameRules } from '../../api/rbac/policy-rule';
import type { ClusterRole } from '../../api/types';
import type { Context } from '../../client/component';
import { type ControllerMemory, defineController, enqueueKey, type Result } from '../../client/controller';

/** The controller. */
export const clusterRoleAggregationController = defineController({
  name: 'clusterrole-aggregation-controller',
  for: 'ClusterRole',
  // Which role gathers from which is not known, so every change wakes all that gather.
  observe: (context, event) => {
    for (const role of context.lister.list<ClusterRole>('ClusterRole')) {
      if (role.aggregationRule) enqueueKey(context, keyOf(role), event.step);
    }
  },
  reconcile,
});

function reconcile(context: Context<ControllerMemory>, key: string): Result {
  const role = context.lister.byKey<ClusterRole>('ClusterRole', key);
  if (!role?.aggregationRule) return undefined;
  const rules = aggregatedRules(role, context.lister.list<ClusterRole>('ClusterRole'));
  const before = role.rules ?? [];
  if (sameRules(rules, before)) return undefined;
  const updated = context.client.update<KubeObject>({ ...role, rules });
  const message = `ClusterRole ${key} gathers ${rules.length} rules from the ClusterRoles its selectors choose; it had ${before.length}`;
  context.say('update', updated, message);
  return undefined;
}
