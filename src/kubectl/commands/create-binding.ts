/** kubectl create rolebinding, clusterrolebinding and token. Follows staging/src/k8s.io/kubectl/pkg/cmd/create/create_{rolebinding,clusterrolebinding,token}.go. */
import type { Subject } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { asCommandError, KubectlError } from '../errors';
import { flag, OUTPUT } from '../flag-sets';
import { outputFormat, printResult } from '../output-format';
import { namespaceOf } from '../selection';
import { CREATE_FLAGS, createGenerated, nameArgument } from './create';

const GROUP = 'rbac.authorization.k8s.io';

/** The subjects that `--user`, `--group` and `--serviceaccount` name. */
function subjectsOf({ flags }: Call): Subject[] {
  const person = (kind: string) => (name: string) => ({ apiGroup: GROUP, kind, name });
  const people = [...flags.list('user').map(person('User')), ...flags.list('group').map(person('Group'))];
  const accounts = flags.list('serviceaccount').map((text) => {
    const [namespace = '', name = '', ...more] = text.split(':');
    if (!namespace || !name || more.length > 0) throw new KubectlError('serviceaccount must be <namespace>:<name>');
    return { kind: 'ServiceAccount', name, namespace };
  });
  return [...people, ...accounts];
}

function createBinding(call: Call, kind: string, role: { readonly kind: string; readonly name: string }): void {
  const subjects = subjectsOf(call);
  const binding = {
    apiVersion: `${GROUP}/v1`,
    kind,
    metadata: { name: nameArgument(call) },
    roleRef: { apiGroup: GROUP, ...role },
    ...(subjects.length > 0 ? { subjects } : {}),
  };
  createGenerated(call, binding, `failed to create ${kind.toLowerCase()}: `);
}

function runRoleBinding(call: Call): Turn {
  nameArgument(call);
  const [role, clusterRole] = [call.flags.text('role'), call.flags.text('clusterrole')];
  if ((role === '') === (clusterRole === '')) {
    throw new KubectlError('exactly one of clusterrole or role must be specified');
  }
  createBinding(call, 'RoleBinding', role ? { kind: 'Role', name: role } : { kind: 'ClusterRole', name: clusterRole });
  return undefined;
}

function runClusterRoleBinding(call: Call): Turn {
  createBinding(call, 'ClusterRoleBinding', { kind: 'ClusterRole', name: call.flags.text('clusterrole') });
  return undefined;
}

/** Objects that a token can be bound to; all are of v1. */
const BINDABLE = ['Node', 'Pod', 'Secret'];

function validateToken({ flags }: Call): void {
  const ms = flags.ms('duration');
  if (ms < 0) throw new KubectlError('--duration must be greater than or equal to 0');
  if (ms % 1000 !== 0) throw new KubectlError('--duration cannot be expressed in units less than seconds');
  if (flags.list('audience').includes('')) throw new KubectlError('--audience must not be an empty string');
  const [kind, name, uid] = ['kind', 'name', 'uid'].map((part) => flags.text(`bound-object-${part}`));
  if (!kind) {
    const stray = name ? 'name' : uid ? 'uid' : '';
    if (stray) throw new KubectlError(`--bound-object-${stray} can only be set if --bound-object-kind is provided`);
  } else if (!BINDABLE.includes(kind)) {
    throw new KubectlError(`supported --bound-object-kind values are ${BINDABLE.join(', ')}`);
  } else if (!name) throw new KubectlError('--bound-object-name is required if --bound-object-kind is provided');
}

function runToken(call: Call): Turn {
  const name = nameArgument(call);
  validateToken(call);
  const { flags } = call;
  const kind = flags.text('bound-object-kind');
  const seconds = flags.ms('duration') / 1000;
  const uid = flags.text('bound-object-uid');
  const bound = { kind, apiVersion: 'v1', name: flags.text('bound-object-name'), ...(uid ? { uid } : {}) };
  const spec = {
    ...(flags.list('audience').length > 0 ? { audiences: flags.list('audience') } : {}),
    ...(seconds > 0 ? { expirationSeconds: seconds } : {}),
    ...(kind ? { boundObjectRef: bound } : {}),
  };
  try {
    const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec };
    const answer = call.io.client.token(namespaceOf(call), name, request);
    if (outputFormat(call)) printResult(call, answer, 'created');
    else call.out((answer.status as { token: string }).token);
  } catch (error) {
    throw new KubectlError(`failed to create token: ${asCommandError(error).message}`);
  }
  return undefined;
}

const SUBJECT_FLAGS = [flag.array('user'), flag.array('group'), flag.array('serviceaccount')];
const SUBJECTS_USE =
  '[--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]';

/** kubectl create rolebinding. */
export const createRoleBinding: Command = {
  path: 'create rolebinding',
  use: `create rolebinding NAME --clusterrole=NAME|--role=NAME ${SUBJECTS_USE}`,
  flags: [...CREATE_FLAGS, flag.text('clusterrole'), flag.text('role'), ...SUBJECT_FLAGS],
  run: runRoleBinding,
};

/** kubectl create clusterrolebinding. */
export const createClusterRoleBinding: Command = {
  path: 'create clusterrolebinding',
  use: `create clusterrolebinding NAME --clusterrole=NAME ${SUBJECTS_USE}`,
  flags: [...CREATE_FLAGS, flag.required(flag.text('clusterrole')), ...SUBJECT_FLAGS],
  run: runClusterRoleBinding,
};

/** kubectl create token. */
export const createTokenCommand: Command = {
  path: 'create token',
  use: 'create token SERVICE_ACCOUNT_NAME',
  reads: true,
  flags: [
    ...OUTPUT,
    flag.array('audience'),
    flag.duration('duration'),
    flag.text('bound-object-kind'),
    flag.text('bound-object-name'),
    flag.text('bound-object-uid'),
  ],
  run: runToken,
};
