/**
 * What kubelets may do: their own Node and its Pods, and what these Pods refer to.
 * Follows plugin/pkg/auth/authorizer/node/node_authorizer.go; its graph is looked up anew for each question.
 * Left out: device claims and certificates.
 */
import { joinKey, type KubeObject } from '../../api/meta';
import { bootstrapRules } from '../../api/rbac/bootstrap-policy';
import { ruleAllows } from '../../api/rbac/policy-rule';
import type { UserInfo } from '../../api/request';
import type { Pod, PolicyRule } from '../../api/types';
import type { Store } from '../../store/store';
import type { Attributes, Decision } from './authorizer';

type ReadStore = Pick<Store<KubeObject>, 'get' | 'indexKeys'>;

const PREFIX = 'system:node:';
const NODE_LEASES = 'kube-node-lease';
/** What kubelets may do to kinds that are not looked at one by one. */
const RULES = bootstrapRules('system:node');
/** They name what they are for: none is for everything. */
const RULES_FOR: ReadonlyMap<string, readonly PolicyRule[]> = new Map(
  RULES.flatMap(({ resources = [] }) => resources).map((named) => [
    named,
    RULES.filter(({ resources }) => resources?.includes(named)),
  ]),
);
const NO_RULES: readonly PolicyRule[] = [];
const ALLOWED: Decision = { allowed: true, reason: '' };
const REFUSED: Decision = { allowed: false, reason: '' };

const because = (reason: string): Decision => ({ allowed: false, reason });

/** The node that a kubelet speaks for; undefined for everyone else. */
export function nodeOf({ name, groups }: UserInfo): string | undefined {
  return name.startsWith(PREFIX) && groups.includes('system:nodes') ? name.slice(PREFIX.length) : undefined;
}

/** Whether somebody is a kubelet. */
export const isNode = (user: UserInfo): boolean => nodeOf(user) !== undefined;

/** Decides for kubelets; undefined for everyone else. */
export function decideForNode(store: ReadStore, attributes: Attributes): Decision | undefined {
  const node = nodeOf(attributes.user);
  if (node === undefined) return undefined;
  const { group, resource } = attributes;
  const judge = attributes.path === undefined ? JUDGES[`${group}/${resource}`] : undefined;
  if (judge) return judge(attributes, node, store);
  return rulesAbout(attributes).some((rule) => ruleAllows(rule, attributes)) ? ALLOWED : REFUSED;
}

function rulesAbout({ path, resource, subresource }: Attributes): readonly PolicyRule[] {
  if (path !== undefined) return RULES;
  return RULES_FOR.get(subresource ? `${resource}/${subresource}` : `${resource}`) ?? NO_RULES;
}

type Judge = (attributes: Attributes, node: string, store: ReadStore) => Decision;

const READ: readonly string[] = ['get', 'list', 'watch'];
const OWN: readonly string[] = ['get', 'create', 'update', 'patch', 'delete'];

/** Objects that a Pod of the node refers to, by a name that stands at one of these keys of it. */
function related(keys: readonly string[]): Judge {
  return ({ name, namespace }, node, store) => {
    if (!name) return because('No Object name found');
    for (const key of store.indexKeys('Pod', 'node', node)) {
      const pod = store.get('Pod', key) as Pod | undefined;
      if (pod && pod.metadata.namespace === namespace && refers(pod.spec, keys, name)) return ALLOWED;
    }
    return because(`no relationship found between node '${node}' and this object`);
  };
}

/** Whether a value has the name under one of the keys, or in an object under one of them. */
function refers(value: unknown, keys: readonly string[], name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => {
    if (!keys.includes(key)) return refers(inner, keys, name);
    if (inner === name) return true;
    const each = Array.isArray(inner) ? inner : [inner];
    return each.some((one) => one?.name === name || one?.secretName === name || one?.claimName === name);
  });
}

const SECRETS = related(['secret', 'secretRef', 'secretKeyRef', 'imagePullSecrets', 'nodePublishSecretRef']);
const CONFIG_MAPS = related(['configMap', 'configMapRef', 'configMapKeyRef']);
/** Claims that a Pod of the node uses. */
function usedClaims(
  { name, namespace }: Pick<Attributes, 'name' | 'namespace'>,
  node: string,
  store: ReadStore,
): Decision {
  if (!name) return because('No Object name found');
  for (const key of store.indexKeys('Pod', 'claim', joinKey(namespace, name))) {
    if ((store.get('Pod', key) as Pod | undefined)?.spec.nodeName === node) return ALLOWED;
  }
  return because(`no relationship found between node '${node}' and this object`);
}

const ACCOUNTS = related(['serviceAccountName']);

function reading(inner: Judge): Judge {
  return (attributes, node, store) => {
    if (!READ.includes(attributes.verb)) return because('can only read resources of this type');
    if (attributes.subresource) return because('cannot read subresource');
    if (!attributes.namespace) return because('can only read namespaced object of this type');
    return inner(attributes, node, store);
  };
}

function accounts(attributes: Attributes, node: string, store: ReadStore): Decision {
  const { verb, name, subresource } = attributes;
  if (verb === 'get' && !subresource) return reading(ACCOUNTS)(attributes, node, store);
  if (verb !== 'create' || !name) return because('can only create tokens for individual service accounts');
  if (subresource !== 'token') return because('can only create token subresource of serviceaccount');
  return ACCOUNTS(attributes, node, store);
}

function leases({ verb, name, namespace }: Attributes, node: string): Decision {
  if (!OWN.includes(verb)) return because('can only get, create, update, patch, or delete a node lease');
  if (namespace !== NODE_LEASES) return because(`can only access leases in the "${NODE_LEASES}" system namespace`);
  if (verb === 'create' || name === node) return ALLOWED;
  return because('can only access node lease with the same name as the requesting node');
}

function csiNodes({ verb, name, subresource }: Attributes, node: string): Decision {
  if (!OWN.includes(verb)) return because('can only get, create, update, patch, or delete a CSINode');
  if (subresource) return because('cannot authorize CSINode subresources');
  if (verb === 'create' || name === node) return ALLOWED;
  return because('can only access CSINode with the same name as the requesting node');
}

function nodes({ verb, name, subresource = '' }: Attributes, node: string): Decision {
  if (subresource === 'status') return verb === 'update' || verb === 'patch' ? ALLOWED : REFUSED;
  if (subresource !== '') return REFUSED;
  if (['create', 'update', 'patch'].includes(verb)) return ALLOWED;
  if (!READ.includes(verb)) return REFUSED;
  if (name === node) return ALLOWED;
  if (!name) return because(`node '${node}' cannot read all nodes, only its own Node object`);
  return because(`node '${node}' cannot read '${name}', only its own Node object`);
}

function pods(
  { verb, name, namespace, subresource = '', fieldSelector }: Attributes,
  node: string,
  store: ReadStore,
): Decision {
  if (subresource === 'status') return verb === 'update' || verb === 'patch' ? ALLOWED : REFUSED;
  if (subresource === 'eviction') return verb === 'create' ? ALLOWED : REFUSED;
  if (subresource !== '') return REFUSED;
  if (verb === 'create' || verb === 'delete') return ALLOWED;
  if (!READ.includes(verb)) return REFUSED;
  if (verb !== 'get' && fieldSelector === `spec.nodeName=${node}`) return ALLOWED;
  if (verb !== 'get' && !name) return because('can only list/watch pods with spec.nodeName field selector');
  if (!name) return because('No Object name found');
  const pod = store.get('Pod', `${namespace}/${name}`) as Pod | undefined;
  const isOwn = pod?.spec.nodeName === node;
  return isOwn ? ALLOWED : because(`no relationship found between node '${node}' and this object`);
}

function claims(attributes: Attributes, node: string, store: ReadStore): Decision {
  const { verb, subresource } = attributes;
  if (subresource === 'status') {
    if (verb !== 'update' && verb !== 'patch') return because('can only get/update/patch this type');
    return usedClaims(attributes, node, store);
  }
  if (verb !== 'get') return because('can only get individual resources of this type');
  return subresource ? because('cannot get subresource') : usedClaims(attributes, node, store);
}

/** A volume is the node's when one of its Pods uses the claim that is bound to it. */
function volumes({ verb, name, subresource }: Attributes, node: string, store: ReadStore): Decision {
  if (verb !== 'get') return because('can only get individual resources of this type');
  if (subresource) return because('cannot get subresource');
  if (!name) return because('No Object name found');
  const spec = store.get('PersistentVolume', name)?.spec as
    | { claimRef?: { namespace?: string; name?: string } }
    | undefined;
  const claim = spec?.claimRef;
  if (!claim) return because(`no relationship found between node '${node}' and this object`);
  return usedClaims(claim, node, store);
}

/** Attachments of the node itself. */
function attachments({ verb, name, subresource }: Attributes, node: string, store: ReadStore): Decision {
  if (verb !== 'get') return because('can only get individual resources of this type');
  if (subresource) return because('cannot get subresource');
  if (!name) return because('No Object name found');
  const spec = store.get('VolumeAttachment', name)?.spec as { nodeName?: string } | undefined;
  return spec?.nodeName === node ? ALLOWED : because(`no relationship found between node '${node}' and this object`);
}

const JUDGES: Readonly<Record<string, Judge>> = {
  '/secrets': reading(SECRETS),
  '/configmaps': reading(CONFIG_MAPS),
  '/serviceaccounts': accounts,
  '/persistentvolumeclaims': claims,
  '/persistentvolumes': volumes,
  '/nodes': nodes,
  '/pods': pods,
  'coordination.k8s.io/leases': leases,
  'storage.k8s.io/csinodes': csiNodes,
  'storage.k8s.io/volumeattachments': attachments,
};
