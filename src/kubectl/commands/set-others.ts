/** kubectl set serviceaccount and set selector. Follows staging/src/k8s.io/kubectl/pkg/cmd/set/set_serviceaccount.go and set_selector.go. */
import type { KubeObject } from '../../engine/api/meta';
import { twoWayStrategicPatch } from '../../engine/api/patch/three-way';
import type { Call, Command, Turn } from '../command';
import { dryRunOf, writeOptions } from '../dry-run';
import { asCommandError, KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { printResult } from '../output-format';
import { podSpecOf, saveChange, withPodSpec } from '../pod-template';
import { recorded } from '../record';
import { type Info, select, standardQuery, visit } from '../selection';
import { selectorFrom, type WantedSelector } from '../selector-text';
import { withTypedZeros } from '../typed-zeros';
import { SET_FLAGS, setTargets } from './set-image';

function setAccount(call: Call, info: Info, account: string): void {
  const dryRun = dryRunOf(call);
  const before = info.object as KubeObject;
  let wanted: KubeObject;
  try {
    wanted = recorded(call, withPodSpec(before, { ...podSpecOf(before), serviceAccountName: account }));
  } catch (error) {
    throw new KubectlError(`error: ${info.mapping.plural}/${info.name} ${asCommandError(error).message}\n`);
  }
  const body = twoWayStrategicPatch(before, wanted);
  const report = { operation: 'serviceaccount updated', failure: 'failed to patch ServiceAccountName ' };
  saveChange(call, { info, wanted, body }, dryRun, report);
}

function runServiceAccount(call: Call): Turn {
  const dryRun = dryRunOf(call);
  if (call.flags.bool('local') && dryRun === 'server') {
    throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  const account = call.args.at(-1);
  if (account === undefined) throw new KubectlError('serviceaccount is required');
  const entries = setTargets(call, call.args.slice(0, -1), 'ignored').map((info) => ({ info }));
  visit({ entries }, (info) => setAccount(call, info, account));
  return undefined;
}

function setSelectorOf(call: Call, info: Info, { labels: selector, expressions }: WantedSelector): void {
  const dryRun = dryRunOf(call);
  const before = info.object as KubeObject;
  if (before.kind !== 'Service') throw new KubectlError('setting a selector is only supported for Services');
  if (expressions.length > 0) {
    const others = expressions.map(({ key, operator, values }) => `{${key} ${operator} [${values.join(' ')}]}`);
    throw new KubectlError(`match expression [${others.join(' ')}] not supported on this object`);
  }
  const wanted = recorded(call, { ...before, spec: { ...(before.spec as object), selector } });
  if (dryRun === 'client' || call.flags.bool('local')) {
    printResult(call, withTypedZeros(wanted), 'selector updated', dryRun);
    return;
  }
  const resourceVersion = call.flags.text('resource-version');
  const change = twoWayStrategicPatch(before, wanted);
  const body = resourceVersion ? { ...change, metadata: { ...(change.metadata as object), resourceVersion } } : change;
  const patch = { type: 'strategic', body } as const;
  const patched = call.io.client.patch('Service', info.namespace, info.name, patch, writeOptions(dryRun));
  printResult(call, patched, 'selector updated', dryRun);
}

function runSelector(call: Call): Turn {
  const expression = call.args.at(-1);
  if (expression === undefined) throw new KubectlError('one selector is required');
  const selector = selectorFrom(expression);
  const query = standardQuery(call, call.args.slice(0, -1), call.flags.bool('all'));
  const selection = select(call, { ...query, labelSelector: undefined, local: call.flags.bool('local') });
  visit(selection, (info) => setSelectorOf(call, info, selector));
  return undefined;
}

/** kubectl set serviceaccount. */
export const setServiceAccount: Command = {
  path: 'set serviceaccount',
  aliases: ['set sa'],
  use: 'set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
  flags: SET_FLAGS,
  run: runServiceAccount,
};

/** kubectl set selector. */
export const setSelector: Command = {
  path: 'set selector',
  use: 'set selector (-f FILENAME | TYPE NAME) EXPRESSIONS',
  flags: [...SET_FLAGS, flag.text('resource-version')],
  run: runSelector,
};
