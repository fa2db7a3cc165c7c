/** Commands that kubectl has and that are not simulated, each with the reason and what to do instead. */
import type { Call, Command, Turn } from '../command';
import { KubectlError } from '../errors';

const ONE_CLUSTER =
  'there is one simulated cluster; kubectl config set-context --current --namespace=NAME sets the namespace';

const REASONS: readonly (readonly [path: string, reason: string])[] = [
  ['certificate', 'certificates are not signed here; name a user with `as:` in an action, or with --as'],
  ...'set unset set-cluster set-credentials delete-cluster delete-context delete-user rename-context'
    .split(' ')
    .map((verb) => [`config ${verb}`, ONE_CLUSTER] as const),
  ['completion', 'the terminal is no shell; the arrow keys bring earlier lines back'],
  ['kustomize', 'kustomizations are not read here; build them elsewhere and paste what comes out'],
  ['plugin', 'there are no plugins; pipes to grep, head, tail, sort and wc -l work'],
  ['kuberc', 'there are no preferences here'],
  ['apply edit-last-applied', 'there is no editor here; use kubectl apply'],
];

function refuse(call: Call, reason: string): Turn {
  throw new KubectlError(`kubestep: kubectl ${call.command.path} is not simulated: ${reason}`, { bare: true });
}

/** One command each; any flags are accepted. */
export const NOT_SIMULATED: readonly Command[] = REASONS.map(([path, reason]) => ({
  path,
  use: path,
  flags: [],
  anyFlags: true,
  reads: true,
  run: (call: Call) => refuse(call, reason),
}));

/** kubectl alpha, which holds nothing. */
export const alpha: Command = {
  path: 'alpha',
  use: 'alpha',
  flags: [],
  anyFlags: true,
  reads: true,
  run: (call) => {
    call.err('No alpha commands are available in this version of kubectl\n');
    return undefined;
  },
};
