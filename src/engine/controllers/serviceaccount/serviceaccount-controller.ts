/**
 * The serviceaccount controller: every active namespace has a ServiceAccount named `default`.
 * Follows pkg/controller/serviceaccount/serviceaccounts_controller.go.
 */

import { isReason } from '../../api/status-error';
import type { Namespace, ServiceAccount } from '../../api/types';
import type { Context } from '../../client/component';
import { type ControllerMemory, type ControllerWatch, defineController, type Result } from '../../client/controller';

const NAME = 'default';

/** An account that is gone may have to be made anew. */
const accounts: ControllerWatch<ControllerMemory> = {
  kind: 'ServiceAccount',
  map: (_context, event) => {
    const gone = event.value ? undefined : event.previous;
    return gone?.metadata.name === NAME && gone.metadata.namespace ? [gone.metadata.namespace] : [];
  },
};

/** The serviceaccount controller. */
export const serviceAccountController = defineController({
  name: 'serviceaccount-controller',
  for: 'Namespace',
  watches: [accounts],
  reconcile,
});

function reconcile(context: Context<ControllerMemory>, key: string): Result {
  const namespace = context.lister.byKey<Namespace>('Namespace', key);
  if (namespace?.status.phase !== 'Active') return undefined;
  if (context.lister.get('ServiceAccount', key, NAME)) return undefined;
  const account: ServiceAccount = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: NAME, namespace: key },
  };
  try {
    const created = context.client.create(account);
    context.say('create', created, `Created ServiceAccount ${NAME} in Namespace ${key}: every namespace has one`);
  } catch (error) {
    if (!isReason(error, 'AlreadyExists') && !isTerminating(error)) throw error;
  }
  return undefined;
}

/** A namespace that is going, or gone, needs no account. */
function isTerminating(error: unknown): boolean {
  if (isReason(error, 'NotFound')) return true;
  if (!isReason(error, 'Forbidden')) return false;
  return error.details.causes?.some((cause) => cause.reason === 'NamespaceTerminating') === true;
}
