/** Nothing is written by somebody who may not: whoever a step's actor is to the API server, the roles of that moment let him write. */
import type { KubeObject } from '../../engine/api/meta';
import { bootstrapRules } from '../../engine/api/rbac/bootstrap-policy';
import { ruleAllows } from '../../engine/api/rbac/policy-rule';
import type { UserInfo } from '../../engine/api/request';
import { groupOf } from '../../engine/api/scheme';
import type { PolicyRule } from '../../engine/api/types';
import { RbacAuthorizer } from '../../engine/apiserver/authorization/rbac-authorizer';
import type { WatchEvent } from '../../engine/client/component';
import { identityOf } from '../../engine/client/identity';
import { INDEXERS } from '../../engine/client/indexers';
import { CONTROLLERS } from '../../engine/controllers/registry';
import { createFoundation } from '../../engine/runtime/foundation';
import { scheduler } from '../../engine/scheduler/scheduler';
import { Store } from '../../engine/store/store';
import type { TraceStep } from '../../engine/trace/trace';
import { type Checker, nameOf } from './history';

const RBAC_KINDS = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];
const COMPONENTS = new Map([...CONTROLLERS, scheduler].map((component) => [component.name, component]));

/** Any of these lets one make, change or remove an object: verb, and the subresource that it is done through. */
const WAYS = {
  create: ['create'],
  update: [
    'update',
    'patch',
    'update status',
    'patch status',
    'update scale',
    'patch scale',
    'create binding',
    'delete',
  ],
  delete: ['delete', 'deletecollection', 'create eviction', 'update', 'patch', 'update status', 'update finalize'],
} as const;
type Verb = keyof typeof WAYS;

/** Whoever wrote in a step; undefined for those who may do anything, and whom nobody here knows. */
function writerOf({ actor, message }: TraceStep): UserInfo | undefined {
  const [process, node] = actor.split('/');
  if (process === 'kubelet') return identityOf({ name: actor, process, node });
  const component = COMPONENTS.get(actor);
  if (component) return component.process === 'kube-apiserver' ? undefined : identityOf(component);
  const as = actor === 'user' ? / --as[= ](\S+?):?(?:\s|$)/.exec(message)?.[1] : undefined;
  return as ? { name: as, groups: ['system:authenticated'] } : undefined;
}

/** `statefulsets` of `StatefulSet`, as far as kinds are called so. */
function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (lower === 'endpoints') return lower;
  if (lower.endsWith('y')) return `${lower.slice(0, -1)}ies`;
  return lower.endsWith('s') ? `${lower}es` : `${lower}s`;
}

interface Judge {
  readonly authorizer: RbacAuthorizer;
  /** What every kubelet may, as far as the node authorizer lets it. */
  readonly nodeRules: readonly PolicyRule[];
}

function mayWrite({ authorizer, nodeRules }: Judge, user: UserInfo, object: KubeObject, verb: Verb): boolean {
  const { namespace, name } = object.metadata;
  const asked = { group: groupOf(object.apiVersion), resource: pluralOf(object.kind), namespace };
  return WAYS[verb].some((way) => {
    const [what = '', subresource] = way.split(' ');
    const attributes = { ...asked, user, verb: what, subresource, name: what === 'create' && !subresource ? '' : name };
    if (authorizer.decide(attributes).allowed) return true;
    return user.name.startsWith('system:node:') && nodeRules.some((rule) => ruleAllows(rule, attributes));
  });
}

export const authorized: Checker = {
  name: 'authorized',
  begin: (complain) => {
    const store = new Store<KubeObject>(INDEXERS, createFoundation('2026-01-01T00:00:00Z'));
    const judges: Judge = { authorizer: new RbacAuthorizer(store), nodeRules: bootstrapRules('system:node') };
    /** Who may write what until roles change; most is written over and over. */
    const allowed = new Set<string>();
    const judge = ({ value, previous }: WatchEvent, step: TraceStep | undefined): void => {
      const object = value ?? previous;
      const user = step && writerOf(step);
      // What a quota counts is written by admission, in the name of the API server.
      if (!object || !user || (object.kind === 'ResourceQuota' && value && previous)) return;
      const verb = !previous ? 'create' : value ? 'update' : 'delete';
      const asked = `${user.name} ${verb} ${object.apiVersion} ${nameOf(object)}`;
      if (allowed.has(asked)) return;
      if (mayWrite(judges, user, object, verb)) allowed.add(asked);
      else complain(`${user.name} may not ${verb} ${nameOf(object)}`);
    };
    return {
      change: (change, _state, step) => {
        judge(change, step);
        if (!RBAC_KINDS.includes(change.kind)) return;
        store.write(change.kind, change.key, change.value, change.step, change.atMs);
        allowed.clear();
      },
    };
  },
};
