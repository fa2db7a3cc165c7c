/** kubectl cordon and uncordon. Follows staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go and pkg/drain/cordon.go. */
import type { KubeObject } from '../../engine/api/meta';
import type { Node } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { type DryRun, dryRunOf, dryRunSuffix, writeOptions } from '../dry-run';
import { asCommandError, KubectlError, throwAll, usageError } from '../errors';
import { DRY_RUN, SELECTOR } from '../flag-sets';
import { type Info, select, settle } from '../selection';

/** The nodes a command names or selects; any that is missing stops it. */
export function nodesOf(call: Call): Info[] {
  const selector = call.flags.text('selector');
  const use = call.command.use ?? call.command.path;
  if (call.args.length === 0 && !call.flags.given('selector')) {
    throw usageError(call.command.path, `USAGE: ${use} [flags]`);
  }
  if (call.args.length > 0 && selector !== '') {
    throw usageError(call.command.path, 'error: cannot specify both a node name and a --selector option');
  }
  const names = call.args.map((name) => (name.includes('/') ? name : `nodes/${name}`));
  const query = selector !== '' ? { args: ['nodes'], labelSelector: selector } : { args: names };
  const { infos, errors } = settle(select(call, query));
  const stranger = infos.find(({ mapping }) => mapping.kind !== 'Node')?.mapping;
  if (stranger) {
    const found = `${stranger.group}/${stranger.version}, Resource=${stranger.plural}`;
    throw new KubectlError(`error: expected resource of type node, got ${JSON.stringify(found)}`);
  }
  throwAll(errors.slice(0, 1));
  return infos;
}

/** Sets or clears `spec.unschedulable` of one node and says so. */
export function setUnschedulable(call: Call, info: Info, desired: boolean, dryRun: DryRun): void {
  const node = info.object as Node;
  const verb = desired ? 'cordon' : 'uncordon';
  const say = (operation: string): void => {
    call.out(`node/${info.name} ${operation}${dryRunSuffix(dryRun)}\n`);
  };
  if ((node.spec.unschedulable ?? false) === desired) {
    say(`already ${verb}ed`);
    return;
  }
  if (dryRun !== 'client') {
    const body = { spec: { unschedulable: desired ? true : null } };
    try {
      call.io.client.patch<KubeObject>('Node', undefined, info.name, { type: 'strategic', body }, writeOptions(dryRun));
    } catch (error) {
      call.err(`error: unable to ${verb} node ${JSON.stringify(info.name)}: ${asCommandError(error).message}\n`);
      return;
    }
  }
  say(`${verb}ed`);
}

function run(call: Call, desired: boolean): Turn {
  const dryRun = dryRunOf(call);
  for (const info of nodesOf(call)) setUnschedulable(call, info, desired, dryRun);
  return undefined;
}

/** kubectl cordon. */
export const cordon: Command = {
  path: 'cordon',
  use: 'cordon NODE',
  flags: [...SELECTOR, ...DRY_RUN],
  run: (call) => run(call, true),
};

/** kubectl uncordon. */
export const uncordon: Command = {
  path: 'uncordon',
  use: 'uncordon NODE',
  flags: [...SELECTOR, ...DRY_RUN],
  run: (call) => run(call, false),
};
