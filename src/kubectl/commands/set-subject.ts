/** kubectl set subject. Follows staging/src/k8s.io/kubectl/pkg/cmd/set/set_subject.go. */
import type { KubeObject } from '../../engine/api/meta';
import { twoWayStrategicPatch } from '../../engine/api/patch/three-way';
import { RBAC_GROUP } from '../../engine/api/rbac/policy-rule';
import type { Subject } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { dryRunOf } from '../dry-run';
import { KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { saveChange } from '../pod-template';
import { type Info, namespaceOf, visit } from '../selection';
import { SET_FLAGS, setTargets } from './set-image';

const BINDINGS: readonly string[] = ['RoleBinding', 'ClusterRoleBinding'];

function checkFlags(call: Call, infos: readonly Info[]): void {
  const { flags } = call;
  if (flags.bool('local') && dryRunOf(call) === 'server') {
    throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  if (flags.bool('all') && flags.text('selector')) {
    throw new KubectlError('cannot set --all and --selector at the same time');
  }
  if (flags.list('user').length + flags.list('group').length + flags.list('serviceaccount').length === 0) {
    throw new KubectlError('you must specify at least one value of user, group or serviceaccount');
  }
  for (const account of flags.list('serviceaccount')) {
    const [namespace, name, ...rest] = account.split(':');
    const words = 'serviceaccount must be <namespace>:<name>';
    if (!name || rest.length > 0) throw new KubectlError(words);
    if (!namespace && infos.some(({ object }) => object?.kind === 'ClusterRoleBinding')) {
      throw new KubectlError(`${words}, namespace must be specified`);
    }
  }
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort();

function subjectsOf(call: Call): Subject[] {
  const { flags } = call;
  const person = (kind: string) => (name: string) => ({ apiGroup: RBAC_GROUP, kind, name });
  const account = (text: string): Subject => {
    const [namespace = '', name = ''] = text.split(':');
    return { kind: 'ServiceAccount', name, namespace: namespace || namespaceOf(call) };
  };
  return [
    ...distinct(flags.list('user')).map(person('User')),
    ...distinct(flags.list('group')).map(person('Group')),
    ...distinct(flags.list('serviceaccount')).map(account),
  ];
}

/** Whether two subjects are the same one. */
export function isSameSubject(left: Subject, right: Subject): boolean {
  const fields = ['kind', 'apiGroup', 'name', 'namespace'] as const;
  return fields.every((field) => (left[field] ?? '') === (right[field] ?? ''));
}

function addSubjects(call: Call, info: Info, subjects: readonly Subject[]): void {
  const before = info.object as KubeObject & { subjects?: readonly Subject[] };
  if (!BINDINGS.includes(before.kind)) {
    const why = 'setting subjects is only supported for RoleBinding/ClusterRoleBinding';
    throw new KubectlError(`error: ${info.mapping.plural}/${info.name} ${why}\n`);
  }
  const existing = before.subjects ?? [];
  const added = subjects.filter((subject) => !existing.some((known) => isSameSubject(known, subject)));
  if (added.length === 0) return;
  const wanted = { ...before, subjects: [...existing, ...added] };
  const body = twoWayStrategicPatch(before, wanted);
  const report = { operation: 'subjects updated', failure: 'failed to patch subjects to rolebinding: ' };
  saveChange(call, { info, wanted, body }, dryRunOf(call), report);
}

function run(call: Call): Turn {
  const infos = setTargets(call, call.args);
  checkFlags(call, infos);
  const subjects = subjectsOf(call);
  const entries = infos.map((info) => ({ info }));
  visit({ entries }, (info) => addSubjects(call, info, subjects));
  return undefined;
}

/** kubectl set subject. */
export const setSubject: Command = {
  path: 'set subject',
  use: 'set subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  flags: [...SET_FLAGS, flag.array('user'), flag.array('group'), flag.array('serviceaccount')],
  run,
};
