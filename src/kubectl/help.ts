/** `kubectl help`, `-h`, and the commands that only hold others. Words of our own: what is simulated, in short. */
import type { Call, Command, Turn } from './command';
import { KubectlError } from './errors';

const COMMANDS_TEXT = `kubectl, as far as it is simulated. Kubernetes 1.36 is followed.

Create and change:
  create          Create objects from manifests, or by generators (deployment, configmap, secret, service …)
  apply           Make objects as manifests say
  replace         Replace objects by what manifests say
  patch           Change fields of objects
  set             Change image, env, resources, serviceaccount or selector
  label           Set and remove labels
  annotate        Set and remove annotations
  run             Make one Pod
  debug           Look into a Pod, a copy of it, or a node, with a container for it
  expose          Make a Service for a workload
  delete          Delete objects

  diff            Say what an apply would change
  edit            Change an object as a whole

Look:
  get             List objects, or follow their changes (-w)
  explain         Say what fields mean
  config          Look at the kubeconfig, set the namespace
  describe        Say everything of objects, with their Events
  events          List Events in order of time
  top             Show what Pods and nodes use
  wait            Wait for a condition
  api-resources   List the kinds of the API
  auth            Ask what somebody may do

Roll out:
  rollout         status, history, undo, pause, resume, restart
  scale           Set the number of replicas
  autoscale       Let an autoscaler set the number of replicas

Nodes:
  cordon          Take no new Pods on a node
  uncordon        Take new Pods again
  drain           Move a node's Pods elsewhere
  taint           Set and remove taints

Use "kubectl <command> --help" for the flags of a command.
`;

const GROUP_TEXTS = new Map([
  [
    'rollout',
    ['Follow and steer the rollouts of workloads.', ['history', 'pause', 'restart', 'resume', 'status', 'undo']],
  ],
  [
    'config',
    [
      'Look at the kubeconfig and set the namespace of its context.',
      ['current-context', 'get-clusters', 'get-contexts', 'get-users', 'set-context', 'use-context', 'view'],
    ],
  ],
  ['set', ['Change parts of objects.', ['env', 'image', 'resources', 'selector', 'serviceaccount', 'subject']]],
  ['auth', ['Ask who you are and what you may do.', ['can-i', 'reconcile', 'whoami']]],
  ['create secret', ['Make a Secret of a type.', ['docker-registry', 'generic', 'tls']]],
  ['top', ['Show what Pods and nodes use of CPU and memory.', ['node', 'pod']]],
  ['create service', ['Make a Service of a type.', ['clusterip', 'externalname', 'loadbalancer', 'nodeport']]],
] as const);

function groupText(path: string): string {
  const [summary, members] = GROUP_TEXTS.get(path as 'set') ?? ['', []];
  const list = members.map((member) => `  ${member}\n`).join('');
  return `${summary}\n\nAvailable Commands:\n${list}\nUsage:\n  kubectl ${path} SUBCOMMAND [options]\n\nUse "kubectl ${path} <command> --help" for more information about a given command.\n`;
}

/** Prints the help of a command: how to call it and its flags. */
export function printHelp(call: Call): Turn {
  const { command } = call;
  if (command.path === 'help' || command.path === '') call.out(COMMANDS_TEXT);
  else if (GROUP_TEXTS.has(command.path as 'set')) call.out(groupText(command.path));
  else {
    const names = command.flags.map(({ name, short }) => (short ? `-${short}, --${name}` : `    --${name}`));
    const flags = names.length > 0 ? `\nOptions:\n${names.map((name) => `    ${name}\n`).join('')}` : '';
    call.out(`Usage:\n  kubectl ${command.use ?? command.path}\n${flags}`);
  }
  return undefined;
}

/** kubectl help, and kubectl alone. */
export const help: Command = {
  path: 'help',
  use: 'help',
  flags: [],
  anyFlags: true,
  reads: true,
  run: (call) => {
    call.out(COMMANDS_TEXT);
    return undefined;
  },
};

function group(path: string, aliases: readonly string[], toStdout: boolean): Command {
  return {
    path,
    aliases,
    use: `${path} SUBCOMMAND`,
    reads: true,
    flags: [],
    run: (call) => {
      if (call.args.length > 0) {
        const unknown = JSON.stringify(call.args.join(' '));
        throw new KubectlError(`unknown command ${unknown}\nSee 'kubectl ${path} -h' for help and examples`);
      }
      if (toStdout) call.out(groupText(path));
      else call.err(groupText(path));
      return { code: 1 };
    },
  };
}

/** Commands that only hold others: alone they print their help and fail. */
export const GROUPS: readonly Command[] = [
  group('config', [], true),
  group('rollout', [], true),
  group('set', [], false),
  group('auth', [], false),
  group('create secret', [], false),
  group('create service', ['create svc'], false),
  group('top', [], false),
];
