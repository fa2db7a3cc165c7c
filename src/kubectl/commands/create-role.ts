/** kubectl create role and clusterrole. Follows staging/src/k8s.io/kubectl/pkg/cmd/create/{create_role,create_clusterrole}.go. */
import type { KubeObject } from '../../engine/api/meta';
import type { PolicyRule } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { findListedKind } from '../named-kind';
import { findListed } from '../rest-mapping';
import { CREATE_FLAGS, createGenerated, nameArgument } from './create';

const VERBS = '*,get,delete,list,create,update,patch,watch,proxy,deletecollection,use,bind,escalate,impersonate'.split(
  ',',
);
const URL_VERBS = '*,get,post,put,delete,patch,head,options'.split(',');

const ROLES = ['rbac.authorization.k8s.io/roles', 'rbac.authorization.k8s.io/clusterroles'];
/** Verbs that make sense of few resources, which need not be served. */
const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  use: ['policy/podsecuritypolicies', 'extensions/podsecuritypolicies'],
  bind: ROLES,
  escalate: ROLES,
  impersonate: ['/users', '/serviceaccounts', '/groups', 'authentication.k8s.io/userextras'],
};

interface Asked {
  readonly resource: string;
  readonly group: string;
  readonly subresource: string;
}

interface RoleOptions {
  readonly verbs: readonly string[];
  readonly resources: readonly Asked[];
  readonly names: readonly string[];
  readonly urls: readonly string[];
}

function split(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function askedResources(list: readonly string[]): Asked[] {
  const asked: Asked[] = [];
  for (const text of list) {
    const [path, subresource] = split(text, '/');
    const [resource, group] = split(path, '.');
    if (text === '*') return [{ resource, group: '', subresource: '' }];
    asked.push({ resource, group: group ?? '', subresource: subresource ?? '' });
  }
  return asked;
}

function optionsOf({ flags }: Call, hasUrls: boolean): RoleOptions {
  const verbs = [...new Set(flags.list('verb'))];
  return {
    verbs: verbs.includes('*') ? ['*'] : verbs,
    resources: askedResources(flags.list('resource')),
    names: [...new Set(flags.list('resource-name'))],
    urls: hasUrls ? [...new Set(flags.list('non-resource-url'))] : [],
  };
}

/** A resource as the server names it, or as it was given. */
function served(call: Call, { resource, group }: Asked): { readonly group: string; readonly plural: string } {
  const found = findListedKind(call, group ? `${resource}.${group}` : resource);
  return found ?? { group, plural: resource };
}

function validateResources(call: Call, { verbs, resources }: RoleOptions): void {
  for (const verb of verbs) {
    if (!VERBS.includes(verb)) call.err(`Warning: '${verb}' is not a standard resource verb\n`);
  }
  for (const asked of resources) {
    if (asked.resource === '') throw new KubectlError('resource must be specified if apiGroup/subresource specified');
    if (asked.resource === '*') return;
    const { group, plural } = served(call, asked);
    const special = verbs.filter((verb) => Object.hasOwn(SPECIAL, verb));
    for (const verb of special) {
      if (SPECIAL[verb]?.includes(`${group}/${plural}`)) continue;
      throw new KubectlError(`can not perform '${verb}' on '${plural}' in group '${group}'`);
    }
    if (special.length === 0) requireServed(call, asked);
  }
}

function requireServed(call: Call, { resource, group }: Asked): void {
  const argument = group ? `${resource}.${group}` : resource;
  if (findListed(call.io.client.discovery(), argument)) return;
  const where = group ? ` in group ${JSON.stringify(group)}` : '';
  throw new KubectlError(`the server doesn't have a resource type ${JSON.stringify(resource)}${where}`, { bare: true });
}

function rulesOf(call: Call, { verbs, resources, names, urls }: RoleOptions): PolicyRule[] {
  const byGroup = new Map<string, string[]>();
  for (const asked of resources) {
    const { group, plural } = served(call, asked);
    const path = asked.subresource ? `${plural}/${asked.subresource}` : plural;
    const known = byGroup.get(group) ?? [];
    if (!known.includes(path)) byGroup.set(group, [...known, path]);
  }
  const rules: PolicyRule[] = [...byGroup.keys()].sort().map((group) => ({
    verbs: [...verbs],
    apiGroups: [group],
    resources: byGroup.get(group) as string[],
    ...(names.length > 0 ? { resourceNames: [...names] } : {}),
  }));
  if (urls.length > 0) rules.push({ verbs: [...verbs], nonResourceURLs: [...urls] });
  return rules;
}

function roleObject(kind: string, name: string, rest: object): KubeObject {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name }, ...rest };
}

function runRole(call: Call): Turn {
  const name = nameArgument(call);
  const options = optionsOf(call, false);
  if (options.verbs.length === 0) throw new KubectlError('at least one verb must be specified');
  if (options.resources.length === 0) {
    validateResources(call, { ...options, resources: [] });
    throw new KubectlError('at least one resource must be specified');
  }
  validateResources(call, options);
  createGenerated(call, roleObject('Role', name, { rules: rulesOf(call, options) }));
  return undefined;
}

function validateUrls({ verbs, urls }: RoleOptions): void {
  if (urls.length === 0) return;
  const wrong = verbs.find((verb) => !URL_VERBS.includes(verb));
  if (wrong !== undefined) throw new KubectlError(`invalid verb: '${wrong}' for nonResourceURL`);
  for (const url of urls) {
    if (url === '*') continue;
    if (!url.startsWith('/')) throw new KubectlError('nonResourceURL should start with /');
    if (url.slice(0, -1).includes('*')) {
      throw new KubectlError("nonResourceURL only supports wildcard matches when '*' is at the end");
    }
  }
}

/** `a=b,c=d` of --aggregation-rule. */
function aggregation(call: Call): Record<string, string> {
  const pairs = call.flags.list('aggregation-rule').map((pair) => {
    const [key, value] = split(pair, '=');
    if (value === undefined) {
      throw new KubectlError(
        `invalid argument ${JSON.stringify(pair)} for "--aggregation-rule" flag: malformed pair, expect string=string\nSee 'kubectl create clusterrole --help' for usage.`,
      );
    }
    return [key.trim(), value.trim()] as const;
  });
  return Object.fromEntries(pairs);
}

function runClusterRole(call: Call): Turn {
  const name = nameArgument(call);
  const options = optionsOf(call, true);
  const { verbs, resources, names, urls } = options;
  const matchLabels = aggregation(call);
  if (Object.keys(matchLabels).length > 0) {
    if (urls.length + verbs.length + resources.length + names.length > 0) {
      throw new KubectlError(
        'aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames',
      );
    }
    const aggregationRule = { clusterRoleSelectors: [{ matchLabels }] };
    createGenerated(call, roleObject('ClusterRole', name, { aggregationRule, rules: null }));
    return undefined;
  }
  if (verbs.length === 0) throw new KubectlError('at least one verb must be specified');
  if (resources.length + urls.length === 0) {
    throw new KubectlError('one of resource or nonResourceURL must be specified');
  }
  if (resources.length > 0) validateResources(call, options);
  validateUrls(options);
  createGenerated(call, roleObject('ClusterRole', name, { rules: rulesOf(call, options) }));
  return undefined;
}

const ROLE_FLAGS = [...CREATE_FLAGS, flag.strings('verb'), flag.strings('resource'), flag.array('resource-name')];

/** kubectl create role. */
export const createRole: Command = {
  path: 'create role',
  use: 'create role NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]',
  flags: ROLE_FLAGS,
  run: runRole,
};

/** kubectl create clusterrole. */
export const createClusterRole: Command = {
  path: 'create clusterrole',
  use: 'create clusterrole NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]',
  flags: [...ROLE_FLAGS, flag.strings('non-resource-url'), flag.strings('aggregation-rule')],
  run: runClusterRole,
};
