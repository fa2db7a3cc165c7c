import { describe, expect, it } from 'vitest';
import { place, verdicts } from '../../../testing/placement';

type Row = readonly [string, { nodes: string[]; placed?: string[]; pod: string; verdicts: string }];

function table(name: string, rows: readonly Row[]): void {
  describe(name, () => {
    it.each(rows)('%s', (_name, { nodes, placed = [], pod, verdicts: expected }) => {
      expect(verdicts(place(nodes, placed, pod).evidence)).toBe(expected);
    });
  });
}

table('TaintToleration', [
  [
    'keeps intolerant Pods off NoSchedule and NoExecute nodes, not off PreferNoSchedule ones',
    {
      nodes: ['n1 !a=b:NoSchedule', 'n2 !a:NoExecute', 'n3 !a=b:PreferNoSchedule'],
      pod: 'name: p',
      verdicts: 'n1 TaintToleration, n2 TaintToleration, n3 ok',
    },
  ],
  [
    'Equal needs key and value',
    {
      nodes: ['n1 !a=b:NoSchedule', 'n2 !a=c:NoSchedule', 'n3 !x=b:NoSchedule'],
      pod: 'name: p, tolerations: [{key: a, operator: Equal, value: b, effect: NoSchedule}]',
      verdicts: 'n1 ok, n2 TaintToleration, n3 TaintToleration',
    },
  ],
  [
    'Exists needs the key, an effect only if it names one',
    {
      nodes: ['n1 !a=b:NoSchedule', 'n2 !a=c:NoExecute', 'n3 !x:NoSchedule'],
      pod: 'name: p, tolerations: [{key: a, operator: Exists}]',
      verdicts: 'n1 ok, n2 ok, n3 TaintToleration',
    },
  ],
]);

table('NodeAffinity', [
  [
    'nodeSelector',
    { nodes: ['n1 disk=ssd', 'n2'], pod: 'name: p, nodeSelector: {disk: ssd}', verdicts: 'n1 ok, n2 NodeAffinity' },
  ],
  [
    'terms are ORed, their expressions ANDed, nodeSelector is ANDed to the whole',
    {
      nodes: ['n1 a=1 b=1', 'n2 a=1', 'n3 c=1', 'n4 c=1 pool=x', 'n5 a=1 b=1 pool=x'],
      pod: `name: p, nodeSelector: {pool: x}, affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [
        {matchExpressions: [{key: a, operator: Exists}, {key: b, operator: In, values: ["1"]}]},
        {matchExpressions: [{key: c, operator: Exists}]}]}}}`,
      verdicts: 'n1 NodeAffinity, n2 NodeAffinity, n3 NodeAffinity, n4 ok, n5 ok',
    },
  ],
  [
    'Gt and Lt compare integers strictly; a label that is none never matches',
    {
      nodes: ['n1 cores=8', 'n2 cores=9', 'n3 cores=many', 'n4', 'n5 cores=16'],
      pod: `name: p, affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [
        {matchExpressions: [{key: cores, operator: Gt, values: ["8"]}, {key: cores, operator: Lt, values: ["16"]}]}]}}}`,
      verdicts: 'n1 NodeAffinity, n2 ok, n3 NodeAffinity, n4 NodeAffinity, n5 NodeAffinity',
    },
  ],
  [
    'NotIn and DoesNotExist hold where the label is missing',
    {
      nodes: ['n1', 'n2 a=x', 'n3 a=y', 'n4 b=1'],
      pod: `name: p, affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [
        {matchExpressions: [{key: a, operator: NotIn, values: [x]}, {key: b, operator: DoesNotExist}]}]}}}`,
      verdicts: 'n1 ok, n2 NodeAffinity, n3 ok, n4 NodeAffinity',
    },
  ],
  [
    'a label is not there because every object in JavaScript has something of that name',
    {
      nodes: ['n1', 'n2 constructor=x'],
      pod: `name: p, affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [
        {matchExpressions: [{key: constructor, operator: Exists}]}]}}}`,
      verdicts: 'n1 NodeAffinity, n2 ok',
    },
  ],
  [
    'matchFields on the name leave all other nodes unlooked at',
    {
      nodes: ['n1', 'n2', 'n3'],
      pod: `name: p, affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [
        {matchFields: [{key: metadata.name, operator: In, values: [n2]}]}]}}}`,
      verdicts: 'n2 ok',
    },
  ],
]);

table('NodeResourcesFit', [
  [
    'counts what placed Pods request, and Pods',
    {
      nodes: ['n1 cpu=2', 'n2 cpu=2 memory=1Gi', 'n3 pods=1', 'n4'],
      placed: ['name: a, cpu: 1500m, nodeName: n1', 'name: c, nodeName: n3'],
      pod: 'name: p, cpu: 1, memory: 2Gi',
      verdicts: 'n1 NodeResourcesFit, n2 NodeResourcesFit, n3 NodeResourcesFit, n4 ok',
    },
  ],
  [
    'the largest init container counts if it exceeds the sum of the rest',
    {
      nodes: ['n1 cpu=1', 'n2 cpu=1500m'],
      pod: 'name: p, cpu: 300m, initContainers: [{name: i, image: i, resources: {requests: {cpu: 1500m}}}, {name: j, image: i, resources: {requests: {cpu: 1}}}]',
      verdicts: 'n1 NodeResourcesFit, n2 ok',
    },
  ],
  [
    'sidecars add to the sum and to the init containers after them',
    {
      nodes: ['n1 cpu=1', 'n2 cpu=1200m', 'n3 cpu=1500m'],
      pod: 'name: p, cpu: 700m, initContainers: [{name: s, image: s, restartPolicy: Always, resources: {requests: {cpu: 500m}}}, {name: i, image: i, resources: {requests: {cpu: 900m}}}]',
      verdicts: 'n1 NodeResourcesFit, n2 NodeResourcesFit, n3 ok',
    },
  ],
]);

table('NodePorts', [
  [
    'a host port is given out once per protocol, the wildcard address clashes with all',
    {
      nodes: ['n1', 'n2', 'n3', 'n4'],
      placed: [
        'name: a, nodeName: n1, ports: [{containerPort: 80, hostPort: 80}]',
        'name: b, nodeName: n2, ports: [{containerPort: 80, hostPort: 80, hostIP: 127.0.0.1}]',
        'name: c, nodeName: n3, ports: [{containerPort: 80, hostPort: 80, protocol: UDP}]',
      ],
      pod: 'name: p, ports: [{containerPort: 80, hostPort: 80, hostIP: 127.0.0.2}]',
      verdicts: 'n1 NodePorts, n2 ok, n3 ok, n4 ok',
    },
  ],
]);

const spread = (more: string): string =>
  `name: p, labels: {app: web, rev: b}, ${more.includes('nodeSelector') ? 'nodeSelector: {pool: x}, ' : ''}topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}${more.replace('nodeSelector', '')}}]`;

table('PodTopologySpread', [
  [
    'no node has a topology key that it was not given',
    {
      nodes: ['n1', 'n2 toString=x'],
      pod: 'name: p, labels: {app: web}, topologySpreadConstraints: [{maxSkew: 1, topologyKey: toString, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]',
      verdicts: 'n1 PodTopologySpread, n2 ok',
    },
  ],
  [
    'keeps the skew between zones, whatever the node',
    {
      nodes: ['a1 zone=a', 'a2 zone=a', 'b1 zone=b'],
      placed: ['name: w1, labels: {app: web}, nodeName: a1', 'name: x, labels: {app: other}, nodeName: b1'],
      pod: spread(''),
      verdicts: 'a1 PodTopologySpread, a2 PodTopologySpread, b1 ok',
    },
  ],
  [
    'a node without the label takes none',
    { nodes: ['a1 zone=a', 'n2'], pod: spread(''), verdicts: 'a1 ok, n2 PodTopologySpread' },
  ],
  [
    'minDomains: with too few zones the emptiest counts as 0',
    {
      nodes: ['a1 zone=a', 'b1 zone=b'],
      placed: ['name: w1, labels: {app: web}, nodeName: a1', 'name: w2, labels: {app: web}, nodeName: b1'],
      pod: spread(', minDomains: 3'),
      verdicts: 'a1 PodTopologySpread, b1 PodTopologySpread',
    },
  ],
  [
    'Honor (the default) leaves nodes out that nodeSelector excludes',
    {
      nodes: ['a1 zone=a pool=x', 'b1 zone=b'],
      placed: ['name: w1, labels: {app: web}, nodeName: a1'],
      pod: spread('nodeSelector'),
      verdicts: 'a1 ok, b1 NodeAffinity',
    },
  ],
  [
    'Ignore counts them',
    {
      nodes: ['a1 zone=a pool=x', 'b1 zone=b'],
      placed: ['name: w1, labels: {app: web}, nodeName: a1'],
      pod: spread('nodeSelector, nodeAffinityPolicy: Ignore'),
      verdicts: 'a1 PodTopologySpread, b1 NodeAffinity',
    },
  ],
  [
    'nodeTaintsPolicy Honor leaves tainted nodes out',
    {
      nodes: ['a1 zone=a', 'b1 zone=b !x:NoSchedule'],
      placed: ['name: w1, labels: {app: web}, nodeName: a1'],
      pod: spread(', nodeTaintsPolicy: Honor'),
      verdicts: 'a1 ok, b1 TaintToleration',
    },
  ],
  [
    'matchLabelKeys counts Pods of the same revision only',
    {
      nodes: ['a1 zone=a', 'b1 zone=b'],
      placed: [
        'name: w1, labels: {app: web, rev: a}, nodeName: a1',
        'name: w2, labels: {app: web, rev: b}, nodeName: b1',
      ],
      pod: spread(', matchLabelKeys: [rev]'),
      verdicts: 'a1 ok, b1 PodTopologySpread',
    },
  ],
]);

const affinity = (kind: string, app: string, topologyKey = 'kubernetes.io/hostname', more = ''): string =>
  `affinity: {${kind}: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {app: ${app}}}, topologyKey: ${topologyKey}${more}}]}}`;

table('InterPodAffinity', [
  [
    'affinity follows the Pod it is about, in its zone',
    {
      nodes: ['a1 zone=a', 'a2 zone=a', 'b1 zone=b', 'n4'],
      placed: ['name: d, labels: {app: db}, nodeName: a1'],
      pod: `name: p, ${affinity('podAffinity', 'db', 'topology.kubernetes.io/zone')}`,
      verdicts: 'a1 ok, a2 ok, b1 InterPodAffinity, n4 InterPodAffinity',
    },
  ],
  [
    'the first of a group with affinity to itself is let in anywhere',
    {
      nodes: ['n1', 'n2'],
      pod: `name: p, labels: {app: g}, ${affinity('podAffinity', 'g')}`,
      verdicts: 'n1 ok, n2 ok',
    },
  ],
  [
    'anti-affinity avoids',
    {
      nodes: ['n1', 'n2'],
      placed: ['name: w, labels: {app: web}, nodeName: n1'],
      pod: `name: p, ${affinity('podAntiAffinity', 'web')}`,
      verdicts: 'n1 InterPodAffinity, n2 ok',
    },
  ],
  [
    'a placed Pod avoids newcomers too',
    {
      nodes: ['a1 zone=a', 'a2 zone=a', 'b1 zone=b'],
      placed: [`name: w, nodeName: a1, ${affinity('podAntiAffinity', 'web', 'topology.kubernetes.io/zone')}`],
      pod: 'name: p, labels: {app: web}',
      verdicts: 'a1 InterPodAffinity, a2 InterPodAffinity, b1 ok',
    },
  ],
  [
    'a term is about the Pod’s own namespace unless it names others',
    {
      nodes: ['n1', 'n2'],
      placed: ['name: w, labels: {app: web}, nodeName: n1'],
      pod: `name: p, ${affinity('podAntiAffinity', 'web', 'kubernetes.io/hostname', ', namespaces: [kube-system]')}`,
      verdicts: 'n1 ok, n2 ok',
    },
  ],
  [
    'an empty namespaceSelector means all namespaces',
    {
      nodes: ['n1', 'n2'],
      placed: ['name: w, labels: {app: web}, nodeName: n1'],
      pod: `name: p, ${affinity('podAntiAffinity', 'web', 'kubernetes.io/hostname', ', namespaceSelector: {}')}`,
      verdicts: 'n1 InterPodAffinity, n2 ok',
    },
  ],
]);
