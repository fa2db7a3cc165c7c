/**
 * The tokens controller: fills Secrets of type kubernetes.io/service-account-token with a token that does not expire, and removes those whose
 * ServiceAccount is gone. Follows pkg/controller/serviceaccount/{tokens_controller,legacy}.go. The token says what it is: nothing is
 * signed. Left out: ServiceAccounts that list such Secrets, and the removal of those that nobody uses.
 */
import { encodeBase64 } from '../../api/base64';
import { LEGACY_CLAIMS, SIMULATED, tokenOf } from '../../api/service-account-token';
import { isReason } from '../../api/status-error';
import type { Secret, ServiceAccount } from '../../api/types';
import type { Context } from '../../client/component';
import { type ControllerMemory, type ControllerWatch, defineController, type Result } from '../../client/controller';
import { ROOT_CERTIFICATE } from './root-ca-publisher';

const TYPE = 'kubernetes.io/service-account-token';
const NAME = 'kubernetes.io/service-account.name';
const UID = 'kubernetes.io/service-account.uid';

const isToken = (secret: Secret | undefined): boolean => secret?.type === TYPE;

/** Secrets of an account wait for it, and go with it. */
const accounts: ControllerWatch<ControllerMemory> = {
  kind: 'ServiceAccount',
  map: ({ lister }, { value, previous }) => {
    if (value && previous) return [];
    const { name = '', namespace = '' } = (value ?? previous)?.metadata ?? {};
    return lister
      .list<Secret>('Secret', namespace)
      .filter((secret) => isToken(secret) && secret.metadata.annotations?.[NAME] === name)
      .map(({ metadata }) => `${namespace}/${metadata.name}`);
  },
};

/** The tokens controller. */
export const tokenController = defineController({
  name: 'serviceaccount-token-controller',
  for: 'Secret',
  watches: [accounts],
  reconcile,
});

function reconcile(context: Context<ControllerMemory>, key: string): Result {
  const secret = context.lister.byKey<Secret>('Secret', key);
  if (!secret || !isToken(secret)) return undefined;
  const { annotations = {}, name, namespace = '', uid } = secret.metadata;
  const owner = annotations[NAME] ?? '';
  const account = context.lister.get<ServiceAccount>('ServiceAccount', namespace, owner);
  const isSame = account && (annotations[UID] ?? account.metadata.uid) === account.metadata.uid;
  try {
    if (account && isSame) fill(context, secret, account);
    else {
      context.client.delete('Secret', namespace, name, { preconditions: { uid } });
      context.say('delete', secret, `Deleted Secret ${name}: there is no ServiceAccount ${owner} for its token`);
    }
  } catch (error) {
    // Somebody was faster: what he did comes here too.
    if (!isReason(error, 'NotFound') && !isReason(error, 'Conflict')) throw error;
  }
  return undefined;
}

function fill(context: Context<ControllerMemory>, secret: Secret, { metadata: account }: ServiceAccount): void {
  const { data = {}, metadata } = secret;
  const certificate = encodeBase64(ROOT_CERTIFICATE);
  if (data['ca.crt'] === certificate && data.namespace && data.token) return;
  const { namespace = '', name } = metadata;
  const filled = context.client.update({
    ...secret,
    metadata: { ...metadata, annotations: { ...metadata.annotations, [NAME]: account.name, [UID]: account.uid ?? '' } },
    data: {
      ...data,
      'ca.crt': certificate,
      namespace: data.namespace || encodeBase64(namespace),
      token: data.token || encodeBase64(tokenOf(claimsOf(namespace, name, account))),
    },
  });
  context.say('update', filled, `Filled Secret ${name} with a token of ServiceAccount ${account.name}`);
}

function claimsOf(namespace: string, secret: string, { name, uid }: ServiceAccount['metadata']): object {
  return {
    iss: 'kubernetes/serviceaccount',
    [`${LEGACY_CLAIMS}/namespace`]: namespace,
    [`${LEGACY_CLAIMS}/secret.name`]: secret,
    [`${LEGACY_CLAIMS}/service-account.name`]: name,
    [`${LEGACY_CLAIMS}/service-account.uid`]: uid,
    ...SIMULATED,
    sub: `system:serviceaccount:${namespace}:${name}`,
  };
}
