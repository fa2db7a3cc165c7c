/** kubectl create namespace, serviceaccount, poddisruptionbudget, priorityclass and quota. Follows staging/src/k8s.io/kubectl/pkg/cmd/create/. */

import type { KubeObject } from '../../engine/api/meta';
import { putIn } from '../../engine/api/plain';
import { canonicalQuantity, quantityError } from '../../engine/api/quantity';
import type { Call, Command, Turn } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { selectorFrom } from '../selector-text';
import { CREATE_FLAGS, createGenerated, nameArgument } from './create';

function runNamespace(call: Call): Turn {
  const name = nameArgument(call);
  createGenerated(call, { apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {}, status: {} });
  return undefined;
}

function runServiceAccount(call: Call): Turn {
  const name = nameArgument(call);
  const account: KubeObject = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } };
  createGenerated(call, account, 'failed to create serviceaccount: ');
  return undefined;
}

function labelSelector(text: string): Record<string, unknown> {
  const { labels, expressions } = selectorFrom(text);
  const matchExpressions = expressions.map(({ key, operator, values }) => ({
    key,
    operator,
    ...(values.length > 0 ? { values: [...values].sort() } : {}),
  }));
  return {
    ...(Object.keys(labels).length > 0 ? { matchLabels: labels } : {}),
    ...(matchExpressions.length > 0 ? { matchExpressions } : {}),
  };
}

function intOrPercent(text: string): number | string {
  return text.endsWith('%') ? text : Number(text);
}

function validateBudget(selector: string, minAvailable: string, maxUnavailable: string): void {
  if (!selector) throw new KubectlError('a selector must be specified');
  if (!minAvailable && !maxUnavailable) {
    throw new KubectlError('one of min-available or max-unavailable must be specified');
  }
  if (minAvailable && maxUnavailable) {
    throw new KubectlError('min-available and max-unavailable cannot be both specified');
  }
  const form = /^[0-9]+%?$/;
  if (minAvailable && !form.test(minAvailable)) throw new KubectlError('invalid format specified for min-available');
  if (maxUnavailable && !form.test(maxUnavailable)) {
    throw new KubectlError('invalid format specified for max-unavailable');
  }
}

function runBudget(call: Call): Turn {
  const name = nameArgument(call);
  const selector = call.flags.text('selector');
  const minAvailable = call.flags.text('min-available');
  const maxUnavailable = call.flags.text('max-unavailable');
  validateBudget(selector, minAvailable, maxUnavailable);
  const budget: KubeObject = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: {
      selector: labelSelector(selector),
      ...(minAvailable
        ? { minAvailable: intOrPercent(minAvailable) }
        : { maxUnavailable: intOrPercent(maxUnavailable) }),
    },
    status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
  };
  createGenerated(call, budget, 'failed to create poddisruptionbudgets: ');
  return undefined;
}

function runPriorityClass(call: Call): Turn {
  const name = nameArgument(call);
  const { flags } = call;
  const priorityClass: KubeObject & Record<string, unknown> = {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value: flags.int('value'),
    ...(flags.bool('global-default') ? { globalDefault: true } : {}),
    ...(flags.text('description') ? { description: flags.text('description') } : {}),
    preemptionPolicy: flags.text('preemption-policy'),
  };
  createGenerated(call, priorityClass, 'failed to create priorityclass: ');
  return undefined;
}

/** `cpu=1,pods=2` as a resource list. */
function resourceList(text: string): Record<string, string> {
  const list: Record<string, string> = {};
  for (const statement of text.split(',')) {
    const [name = '', amount, ...more] = statement.split('=');
    if (amount === undefined || more.length > 0) {
      throw new KubectlError(`Invalid argument syntax ${statement}, expected <resource>=<value>`);
    }
    const problem = quantityError(amount);
    if (problem) throw new KubectlError(problem);
    putIn(list, name, canonicalQuantity(amount));
  }
  return list;
}

function runQuota(call: Call): Turn {
  const name = nameArgument(call);
  const [hard, scopes] = [call.flags.text('hard'), call.flags.text('scopes')];
  const spec = {
    ...(hard ? { hard: resourceList(hard) } : {}),
    ...(scopes ? { scopes: scopes.split(',') } : {}),
  };
  if (spec.scopes?.includes('')) throw new KubectlError('invalid resource quota scope ""');
  const quota: KubeObject = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name }, spec, status: {} };
  createGenerated(call, quota, 'failed to create quota: ');
  return undefined;
}

/** kubectl create namespace. */
export const createNamespace: Command = {
  path: 'create namespace',
  aliases: ['create ns'],
  use: 'create namespace NAME',
  flags: CREATE_FLAGS,
  run: runNamespace,
};

/** kubectl create serviceaccount. */
export const createServiceAccount: Command = {
  path: 'create serviceaccount',
  aliases: ['create sa'],
  use: 'create serviceaccount NAME',
  flags: CREATE_FLAGS,
  run: runServiceAccount,
};

/** kubectl create poddisruptionbudget. */
export const createPodDisruptionBudget: Command = {
  path: 'create poddisruptionbudget',
  aliases: ['create pdb'],
  use: 'create poddisruptionbudget NAME --selector=SELECTOR --min-available=N',
  flags: [...CREATE_FLAGS, flag.text('selector'), flag.text('min-available'), flag.text('max-unavailable')],
  run: runBudget,
};

/** kubectl create priorityclass. */
export const createPriorityClass: Command = {
  path: 'create priorityclass',
  aliases: ['create pc'],
  use: 'create priorityclass NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]',
  flags: [
    ...CREATE_FLAGS,
    flag.int('value', 0),
    flag.bool('global-default'),
    flag.text('description'),
    { name: 'preemption-policy', type: 'string', default: 'PreemptLowerPriority' },
  ],
  run: runPriorityClass,
};

/** kubectl create quota. */
export const createQuota: Command = {
  path: 'create quota',
  aliases: ['create resourcequota'],
  use: 'create quota NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]',
  flags: [...CREATE_FLAGS, flag.text('hard'), flag.text('scopes')],
  run: runQuota,
};
