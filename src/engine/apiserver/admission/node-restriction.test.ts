import { expect, it } from 'vitest';
import { createTerminal } from '../../../testing/terminal';

const PODS = ['node-1', 'node-2'].map(
  (node) => `
apiVersion: v1
kind: Pod
metadata: {name: on-${node}}
spec: {nodeName: ${node}, containers: [{name: app, image: nginx}]}
`,
);
const NODE = '{apiVersion: v1, kind: Node, metadata: {name: node-9}}';
const MAY_MODIFY = 'nodes "node-1" is forbidden: is not allowed to modify labels:';

/** What the kubelet of node-1 would do, and what comes of it. */
const LINES: readonly (readonly [line: string, answer: string, stdin?: string])[] = [
  ['create -f -', 'nodes "node-9" is forbidden: node "node-1" is not allowed to modify node "node-9"', NODE],
  ['label node node-1 a=b', 'node/node-1 labeled'],
  ['label node node-1 topology.kubernetes.io/zone=a kubelet.kubernetes.io/x=y', 'node/node-1 labeled'],
  ['label node node-1 node-role.kubernetes.io/x=y', `${MAY_MODIFY} node-role.kubernetes.io/x`],
  [
    'label node node-1 x.k8s.io/a=b s.node-restriction.kubernetes.io/b=c',
    `${MAY_MODIFY} s.node-restriction.kubernetes.io/b, x.k8s.io/a`,
  ],
  ['taint node node-1 a=b:NoSchedule', 'nodes "node-1" is forbidden: node "node-1" is not allowed to modify taints'],
  [
    'delete pod on-node-2 --wait=false',
    'pods "on-node-2" is forbidden: node "node-1" can only delete pods with spec.nodeName set to itself',
  ],
  ['delete pod on-node-1 --wait=false', 'pod "on-node-1" deleted from default namespace'],
  [
    'run other --image=nginx',
    'pods "other" is forbidden: pod does not have "kubernetes.io/config.mirror" annotation, node "node-1" can only create mirror pods',
  ],
];

it('a kubelet may write only what is its own', () => {
  const terminal = createTerminal({ documents: PODS.join('---'), nodes: 2 });
  terminal.world.runFor(3000);
  for (const [line, answer, stdin] of LINES) {
    const { stdout, stderr } = terminal.run(`${line} --as system:node:node-1 --as-group system:nodes`, stdin);
    const said = (stdout + stderr).trim().replace(/^Error from server \(Forbidden\): (error when .*?: )?/, '');
    expect(said, line).toBe(answer);
  }
});
