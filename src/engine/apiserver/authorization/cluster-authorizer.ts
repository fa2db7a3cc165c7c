/** The authorizer of a cluster: system:masters, then the node authorizer, then the roles. Whoever allows, allows; refusals add up. */
import type { KubeObject } from '../../api/meta';
import type { UserInfo } from '../../api/request';
import type { PolicyRule } from '../../api/types';
import type { Store } from '../../store/store';
import type { Attributes, Authorizer, Decision, UserRules } from './authorizer';
import { decideForNode, isNode } from './node-authorizer';
import { RbacAuthorizer } from './rbac-authorizer';

const MASTERS = 'system:masters';
const PRIVILEGED: Decision = { allowed: true, reason: '' };

/** All rights there are. */
export const EVERYTHING: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
];

/** Whether somebody may do anything, as the API server itself may. */
export const isPrivileged = ({ groups }: UserInfo): boolean => groups.includes(MASTERS);

/** See the header. */
export class ClusterAuthorizer extends RbacAuthorizer implements Authorizer {
  constructor(private readonly objects: Store<KubeObject>) {
    super(objects);
  }

  override decide(attributes: Attributes): Decision {
    if (isPrivileged(attributes.user)) return PRIVILEGED;
    const asNode = decideForNode(this.objects, attributes);
    if (!asNode) return super.decide(attributes);
    if (asNode.allowed) return asNode;
    const byRole = super.decide(attributes);
    if (byRole.allowed) return byRole;
    return { allowed: false, reason: [asNode.reason, byRole.reason].filter(Boolean).join('\n') };
  }

  override rulesFor(user: UserInfo, namespace: string): UserRules {
    const own = super.rulesFor(user, namespace);
    const rules = isPrivileged(user) ? [...EVERYTHING, ...own.rules] : own.rules;
    if (!isNode(user)) return { ...own, rules };
    const error = 'node authorizer does not support user rule resolution';
    return { rules, errors: [error, ...own.errors], incomplete: true };
  }
}
