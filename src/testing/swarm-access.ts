/** The swarm's users: what bob may do, and what he tries. */
import type { KubeObject } from '../engine/api/meta';
import type { Random } from '../engine/kernel/random';
import { type Drawn, once, pick } from './swarm-draws';

const RBAC = 'rbac.authorization.k8s.io';

/** Rights that bob has from the start: often some, in one namespace or everywhere. */
export function drawAccess(random: Random): KubeObject[] {
  if (once(random, 3)) return [];
  const isEverywhere = once(random, 3);
  const roleRef = { apiGroup: RBAC, kind: 'ClusterRole', name: pick(random, ['view', 'edit', 'admin']) };
  const subjects = [{ apiGroup: RBAC, kind: 'User', name: 'bob' }];
  const kind = isEverywhere ? 'ClusterRoleBinding' : 'RoleBinding';
  return [{ apiVersion: `${RBAC}/v1`, kind, metadata: { name: 'bob' }, roleRef, subjects }];
}

/** Now and then, a moment after something else, bob tries something, or his rights change. */
export function drawAttempt(random: Random, documents: readonly KubeObject[]): Drawn[] {
  if (!once(random, 5)) return [];
  const deployments = documents.filter(({ kind }) => kind === 'Deployment');
  if (deployments.length === 0) return [];
  const { metadata } = pick(random, deployments);
  const on = `${metadata.name} -n ${metadata.namespace ?? 'default'}`;
  const kubectl = pick(random, [
    () => `scale deployment ${on} --replicas=${1 + random.below(4)} --as bob`,
    () => `rollout restart deployment ${on} --as bob`,
    () => `delete pods -l app=${on} --wait=false --as bob`,
    () => `label deployment ${on} by=bob --overwrite --as bob`,
    () => 'create rolebinding more --clusterrole=edit --user=bob --as bob',
    () => 'create rolebinding more --clusterrole=edit --user=bob',
    () => 'delete rolebinding --all',
    () => `label clusterrole view swarm.example.com/turn=t${random.below(4)} --overwrite`,
  ])();
  return [{ afterMs: random.below(200), kubectl }];
}
