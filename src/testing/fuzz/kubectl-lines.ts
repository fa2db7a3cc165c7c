/** Fuzz target: kubectl command lines, drawn from the commands and flags there are, at a busy moment of a cluster. */
import type { Command, Flag } from '../../kubectl/command';
import { GLOBAL } from '../../kubectl/flag-sets';
import { COMMANDS } from '../../kubectl/registry';
import { createSession } from '../../session/create-session';
import { CommandRun } from '../../session/run-command';
import type { Dice } from './dice';
import { type FuzzTarget, oddWord, scriptWordsIn } from './target';

const CLUSTER = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {a: b}}
---
{apiVersion: v1, kind: Pod, metadata: {name: alone}, spec: {containers: [{name: c, image: busybox, command: [sh, -c, "exit 1"]}]}}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}}
`;

const RESOURCES = [
  ...[
    'pods',
    'po',
    'pod/alone',
    'deploy',
    'deployment/web',
    'deployments.apps',
    'rs',
    'svc/web',
    'nodes',
    'node/node-1',
    'no',
  ],
  ...[
    'cm',
    'configmap/settings',
    'secrets',
    'sa',
    'ns',
    'events',
    'pdb/web',
    'pc',
    'leases',
    'endpointslices',
    'all',
    'crd',
  ],
  ...['statefulsets', 'nothing', 'pods,svc', 'deployment.v1.apps/web', 'web', 'alone', 'node-1', 'settings', 'default'],
];
const VALUES = [
  ...[
    'default',
    'app=web',
    'app!=web',
    'app in (web,x)',
    'status.phase=Running',
    'json',
    'yaml',
    'wide',
    'name',
    'jsonpath={.items}',
  ],
  ...[
    'jsonpath={.items[*].metadata.name}',
    'jsonpath={range .items[*]}{.kind}{end}',
    'custom-columns=A:.metadata.name',
  ],
  ...[
    'go-template={{range .items}}{{.metadata.name}}{{end}}',
    '{"spec":{"replicas":2}}',
    '[{"op":"remove","path":"/spec"}]',
  ],
  ...[
    'merge',
    'strategic',
    'client',
    'server',
    'none',
    'condition=Ready',
    'delete',
    'jsonpath={.status.phase}=Running',
    '3',
    '1',
    '10s',
  ],
  ...[
    'nginx',
    'web=nginx:1.27',
    'cpu=100m,memory=1Gi',
    'a=b',
    'a-',
    'key=value:NoSchedule',
    'key:NoExecute-',
    '.metadata.name',
  ],
  ...[
    'kyaml',
    'out.yaml',
    'pod.spec.containers.ports',
    'v1/ConfigMap',
    'core/v1/ConfigMap',
    'go-template={{range $i, $e := .items}}{{printf "%d %-5s" $i $e.kind | len}}{{else}}{{.}}{{end}}',
    'go-template={{define "T"}}{{template "T" .}}{{end}}{{template "T" .}}',
    'go-template={{with .metadata.managedFields}}{{index . 0 | js | html}}{{end}}',
    '{"metadata":{"managedFields":[{}]}}',
  ],
];

const argument = (dice: Dice): string =>
  dice.pick([() => dice.pick(RESOURCES), () => dice.pick(VALUES), () => oddWord(dice)])();

function flagText(dice: Dice, flag: Flag): string {
  const name = flag.short && dice.oneIn(3) ? `-${flag.short}` : `--${flag.name}`;
  if (flag.type === 'bool' && !dice.oneIn(4)) return name;
  const value = dice.oneIn(3) ? oddWord(dice) : dice.pick(VALUES);
  const quoted = `'${value.replaceAll("'", `'\\''`)}'`;
  return dice.oneIn(2) ? `${name}=${quoted}` : `${name} ${quoted}`;
}

function drawLine(dice: Dice): string {
  const command = dice.pick(COMMANDS) as Command;
  const flags = [...command.flags, ...GLOBAL];
  const parts = [
    ...dice.several(0, 3, () => argument(dice)),
    ...dice.several(0, 3, () => flagText(dice, dice.pick(flags))),
    ...(dice.oneIn(20) ? ['--', argument(dice)] : []),
  ];
  if (dice.oneIn(25))
    return `${dice.pick(['cat', 'ls', 'rm -rf', 'touch', 'echo -n'])} ${dice.several(0, 2, () => argument(dice)).join(' ')}`;
  const before = dice.oneIn(12) ? 'timeout 3s kubectl ' : '';
  const after = dice.oneIn(10)
    ? dice.pick([' > out.yaml', ' >> out.yaml', ' | kubectl apply -f -', ' < out.yaml', ' 2> /dev/null'])
    : '';
  const pipe = dice.oneIn(15)
    ? ` | grep ${dice.pick(['-E', '-v', '-i', '-c', ''])} '${dice.pick(['(a+)+$', '[', '.*', 'web', 'a{2,1}'])}'`
    : '';
  return `${before}${command.path} ${parts.join(' ')}${after || pipe}`;
}

const LINES_PER_CASE = 12;
/** A command that waits is let go after so many steps: how long it waits is not what is looked at. */
const STEPS_PER_LINE = 400;
/** How long what is followed (`get -w`) is. */
const FOLLOWED_MS = 5_000;

/** Command lines, one after the other on the same cluster. */
export const kubectlLines: FuzzTarget = {
  name: 'kubectl',
  draw: (dice) => dice.several(1, LINES_PER_CASE, () => drawLine(dice).replaceAll('\n', ' ')).join('\n'),
  judge(input) {
    const { session } = createSession(CLUSTER);
    if (!session) return ['the cluster did not start'];
    session.simulation.run({ timeMs: 15_000 });
    const complaints: string[] = [];
    for (const command of input.split('\n')) {
      const untilMs = session.simulation.nowMs + FOLLOWED_MS;
      const { stdout, stderr, code } = new CommandRun(
        session.simulation,
        { command, untilMs },
        STEPS_PER_LINE,
      ).finish();
      const said = [...scriptWordsIn(stdout, CLUSTER + input), ...scriptWordsIn(stderr, input)];
      if (![0, 1, 2, 3, 124, 127].includes(code)) said.push(`exit code ${code}`);
      complaints.push(...said.map((text) => `${command}: ${text}`));
      const { stopped, message } = session.simulation.run({ timeMs: session.simulation.nowMs + 50 });
      if (stopped === 'failed') return [...complaints, `${command}: ${message}`];
    }
    return complaints;
  },
};
