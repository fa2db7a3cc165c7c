/**
 * Role-based access control: what the roles allow that are bound to a user, to one of his groups or to his service account.
 * Follows plugin/pkg/auth/authorizer/rbac/rbac.go and pkg/registry/rbac/validation/rule.go. Bindings are gone through in the order of their
 * names, where upstream's order is a map's.
 * What a user was granted is kept until one of the four kinds changes: components ask the same thing over and over.
 */
import { joinKey, type KubeObject } from '../../api/meta';
import { RBAC_GROUP, ruleAllows } from '../../api/rbac/policy-rule';
import type { UserInfo } from '../../api/request';
import { notFound, StatusError } from '../../api/status-error';
import type { ClusterRole, PolicyRule, RoleBinding, Subject } from '../../api/types';
import type { Store } from '../../store/store';
import type { Attributes, Authorizer, Decision, UserRules } from './authorizer';

type ReadStore = Pick<Store<KubeObject>, 'get' | 'list' | 'latestOf' | 'revision' | 'indexKeys'>;

/** The kinds whose changes matter. */
const KINDS = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'] as const;

/** A binding that concerns a user, with what it grants. */
interface Grant {
  readonly binding: RoleBinding;
  readonly subject: Subject;
  readonly rules: readonly PolicyRule[];
}

interface Grants {
  readonly grants: readonly Grant[];
  readonly errors: readonly string[];
}

interface Known {
  readonly groups: readonly string[];
  /** By namespace; '' is what holds everywhere. */
  readonly grants: Map<string, Grants>;
  /** What was allowed whatever the object's name. */
  readonly allowed: Map<string, Decision>;
}

/** More answers than that are forgotten, which costs time only. */
const MAX_ANSWERS = 2000;

const REFUSED: Decision = { allowed: false, reason: '' };

const sameList = (left: readonly string[], right: readonly string[]): boolean =>
  left === right || (left.length === right.length && left.every((one, index) => one === right[index]));

/** See the header. */
export class RbacAuthorizer implements Authorizer {
  private readonly users = new Map<string, Known>();
  private seen = -1;
  private version = -1;

  constructor(private readonly store: ReadStore) {}

  decide(attributes: Attributes): Decision {
    const { user, verb, group, resource, subresource, namespace = '', path } = attributes;
    const { allowed } = this.known(user);
    const what = path ?? (subresource ? `${resource}/${subresource}` : resource);
    const key = `${verb} ${group} ${what} ${namespace}`;
    const before = allowed.get(key);
    if (before) return before;
    const errors: string[] = [];
    for (const scope of namespace ? ['', namespace] : ['']) {
      const known = this.grantsOf(user, scope);
      errors.push(...known.errors);
      for (const { binding, subject, rules } of known.grants) {
        const rule = rules.find((each) => ruleAllows(each, attributes));
        if (!rule) continue;
        const decision = { allowed: true, reason: `RBAC: allowed by ${describe(binding, subject)}` };
        if (allowed.size >= MAX_ANSWERS) allowed.clear();
        if (!rule.resourceNames?.length) allowed.set(key, decision);
        return decision;
      }
    }
    return errors.length > 0 ? { allowed: false, reason: `RBAC: ${aggregate(errors)}` } : REFUSED;
  }

  rulesFor(user: UserInfo, namespace: string): UserRules {
    const scopes = (namespace ? ['', namespace] : ['']).map((scope) => this.grantsOf(user, scope));
    return {
      rules: scopes.flatMap(({ grants }) => grants.flatMap(({ rules }) => rules)),
      errors: scopes.flatMap(({ errors }) => errors),
    };
  }

  rulesOf({ kind, name }: { readonly kind: string; readonly name: string }, namespace: string): readonly PolicyRule[] {
    const isCluster = kind === 'ClusterRole';
    if (!isCluster && kind !== 'Role') {
      throw new StatusError('', 500, `unsupported role reference kind: ${JSON.stringify(kind)}`);
    }
    const role = this.store.get(kind, isCluster ? name : joinKey(namespace, name)) as ClusterRole | undefined;
    if (!role) throw notFound(RBAC_GROUP, isCluster ? 'clusterrole' : 'role', name);
    return role.rules ?? [];
  }

  private known(user: UserInfo): Known {
    const { store, users } = this;
    if (store.revision !== this.seen) {
      this.seen = store.revision;
      const version = Math.max(...KINDS.map((kind) => store.latestOf(kind)));
      if (version !== this.version) users.clear();
      this.version = version;
    }
    let known = users.get(user.name);
    if (!known || !sameList(known.groups, user.groups)) {
      known = { groups: user.groups, grants: new Map(), allowed: new Map() };
      users.set(user.name, known);
    }
    return known;
  }

  private grantsOf(user: UserInfo, namespace: string): Grants {
    const { grants } = this.known(user);
    let found = grants.get(namespace);
    if (!found) {
      found = this.findGrants(user, namespace);
      grants.set(namespace, found);
    }
    return found;
  }

  private findGrants(user: UserInfo, namespace: string): Grants {
    const { store } = this;
    const bindings = namespace
      ? [...store.indexKeys('RoleBinding', 'namespace', namespace)].sort().map((key) => store.get('RoleBinding', key))
      : store.list('ClusterRoleBinding');
    const grants: Grant[] = [];
    const errors: string[] = [];
    for (const binding of bindings as RoleBinding[]) {
      const subject = binding.subjects?.find((each) => appliesTo(user, each, namespace));
      if (!subject) continue;
      try {
        grants.push({ binding, subject, rules: this.rulesOf(binding.roleRef, namespace) });
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        errors.push(error.message);
      }
    }
    return { grants, errors };
  }
}

function appliesTo({ name, groups }: UserInfo, subject: Subject, namespace: string): boolean {
  if (subject.kind === 'User') return name === subject.name;
  if (subject.kind === 'Group') return groups.includes(subject.name);
  if (subject.kind !== 'ServiceAccount') return false;
  const of = subject.namespace || namespace;
  return of !== '' && name === `system:serviceaccount:${of}:${subject.name}`;
}

/** Go's errors.NewAggregate: one alone, several in brackets, repeats once. */
function aggregate(errors: readonly string[]): string {
  const distinct = [...new Set(errors)];
  return distinct.length === 1 ? (distinct[0] as string) : `[${distinct.join(', ')}]`;
}

/** `RoleBinding "read/shop" of Role "reader" to User "jane"`. */
function describe({ kind, metadata, roleRef }: RoleBinding, subject: Subject): string {
  const of = metadata.namespace ? `${metadata.name}/${metadata.namespace}` : metadata.name;
  const account = `${subject.name}/${subject.namespace || (metadata.namespace ?? '')}`;
  const to = subject.kind === 'ServiceAccount' ? account : subject.name;
  return `${kind} "${of}" of ${roleRef.kind} "${roleRef.name}" to ${subject.kind} "${to}"`;
}
