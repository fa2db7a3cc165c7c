import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario } from './scenario';
import { scenarioDefinitions } from './scenario-schema';

const HEAD = 'apiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nmetadata: {name: x}\nspec:\n';

function problemsOf(spec: string): string[] {
  return parseScenario(`${HEAD}${spec}`).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('a Scenario is checked where it stands', () => {
  it.each([
    [
      '  nodes:\n  - name: a\n    capacity:\n      cpu: "-4"',
      '8:7 Scenario: spec.nodes.0.capacity.cpu: must not be negative',
    ],
    [
      '  nodes:\n  - {name: a, capacity: {pods: "1.5"}}',
      '6:26 Scenario: spec.nodes.0.capacity.pods: Invalid value: "1.5": must be an integer',
    ],
    [
      '  nodes:\n  - {name: a, capacity: {cpu: many}}',
      'spec.nodes.0.capacity.cpu: "many" is not a quantity; one is written 500m, 4 or 8Gi',
    ],
    [
      '  nodes:\n  - {name: a, capacity: {gpus: 2}}',
      '6:26 Scenario: spec.nodes.0.capacity.gpus: Invalid value: "gpus": must be a standard resource',
    ],
    [
      '  actions:\n  - {at: 1s, kubectl: get pods -l "a}',
      'spec.actions.0.kubectl: unexpected end of the command while looking for matching `"\'',
    ],
    ['  nodes: [{count: -1}]', '5:12 Scenario: spec.nodes.0.count: must be at least 0'],
    ['  nodes: [{name: A_b}]', 'spec.nodes.0.name'],
    ['  nodes: [{staticPods: [3]}]', 'spec.nodes.0.staticPods.0: a static Pod is a Pod of v1'],
    [
      '  nodes: [{staticPods: [{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: []}}]}]',
      'spec.nodes.0.staticPods.0: spec.containers: Required value',
    ],
    [
      '  nodes: [{taints: [{key: a, effect: Never}]}]',
      '"Never" is not known; known here: NoSchedule, PreferNoSchedule, NoExecute',
    ],
    ['  startTime: "2026-13-45T99:99:99Z"', '5:3 Scenario: spec.startTime: month out of range: 2026-13-45T99:99:99Z'],
    ['  startTime: "2026-02-30T00:00:00Z"', 'day out of range'],
    ['  startTime: "9999-12-31T23:59:50Z"', 'spec.startTime: the year must be between 1970 and 2999'],
    ['  startTime: "0000-01-01T00:00:00+14:00"', 'the year must be between 1970 and 2999'],
    ['  startTime: yesterday', 'not an RFC 3339 time: yesterday'],
    [
      '  programs: [{image: "*", selector: "a in (b"}]',
      '5:27 Scenario: spec.programs.0.selector: unable to parse requirement',
    ],
    ['  programs: [{image: "*", selector: {a: "b c"}}]', 'spec.programs.0.selector: '],
    ['  programs: [{listen: [{port: 70000}]}]', 'spec.programs.0.listen.0.port: must be between 1 and 65535'],
    ['  programs: [{listen: [{port: 80, status: 7}]}]', 'status: must be between 100 and 599'],
    ['  programs: [{exit: {code: 300}}]', 'spec.programs.0.exit.code: must be between 0 and 255'],
    ['  programs: [{cpu: {idle: "-1"}}]', 'spec.programs.0.cpu.idle: must not be negative'],
    ['  programs: [{memory: {growth: 1Mi/week}}]', '"1Mi/week" is not a rate; one is written 1Mi/s or 10Mi/m'],
    ['  programs: [{sigterm: never}]', 'must be "ignore" or {exitAfter: …}'],
    ['  seed: 1.5', 'spec.seed: must be a whole number'],
    ['  duration: -3s', 'spec.duration: must not be negative'],
    ['  actions: [{kubectl: get pods}]', '"at" is missing'],
    ['  actions: [{at: 1s}]', 'spec.actions.0: an action needs one of kubectl, apply, fault, heal, addNode'],
    ['  actions: [{at: 1s, addNode: {}}]', 'spec.actions.0.addNode: "name" is missing'],
    ['  actions: [{at: 1s, addNode: {name: node-3}}]', 'spec.actions.0.addNode.name: there is a node node-3 already'],
    ['  actions: [{at: 1s, addNode: {name: A b}}]', 'spec.actions.0.addNode.name: '],
    ['  actions: [{at: 1s, apply: x, stdin: z}]', 'spec.actions.0.stdin: "stdin" belongs to "kubectl"'],
    [
      '  actions: [{at: 5s, fault: {type: node-crash, node: no-such-node}}]',
      '5:48 Scenario: spec.actions.0.fault.node: there is no node no-such-node',
    ],
    ['  actions: [{at: 5s, fault: {type: node-crash}}]', 'spec.actions.0.fault: the fault node-crash needs "node"'],
    [
      '  actions: [{at: 5s, fault: {type: component-down, component: foo}}]',
      'spec.actions.0.fault.component: there is no component foo; there are: kube-apiserver',
    ],
    ['  actions: [{at: 5s, fault: {type: component-down, component: kubelet, node: zz}}]', 'there is no node zz'],
    ['  actions: [{at: 5s, fault: {type: earthquake}}]', '"earthquake" is not known'],
    ['  components: {kube-foo: {}}', 'there is no component kube-foo'],
    [
      '  components: {kube-controller-manager: {node-monitor-grace-period: soon}}',
      'spec.components.kube-controller-manager.node-monitor-grace-period: must be a duration',
    ],
    ['  components: {kube-controller-manager: {node-eviction-rate: [1]}}', 'must be a number of at least 0'],
    ['  components: {kubelet: {serialize-image-pulls: 3}}', 'must be true or false'],
    [
      '  components: {kubelet: {eviction-hard: {memory.available: much}}}',
      'must be signals with quantities or percentages',
    ],
    [
      '  components: {kubelet: {eviction-hard: {cpu.available: 10%}}}',
      'signals are memory.available, nodefs.available',
    ],
    [
      '  components: {kubelet: {eviction-soft: {memory.available: 1Gi}}}',
      'grace period must be specified for the soft eviction threshold memory.available',
    ],
    ['  components: {kubelet: {image-gc-high-threshold: 101}}', 'must be a whole number from 0 to 100'],
    ['  constructor: 1', '5:3 Scenario: spec.constructor: unknown key "constructor"'],
    ['  toString: 1', 'unknown key "toString"'],
  ])('%s', (spec, message) => {
    expect(problemsOf(spec).join('\n')).toContain(message);
  });

  it.each([
    ['apiVersion: {toString: x}\nkind: Scenario\n'],
    ['apiVersion: kubestep.dev/v1alpha1\nkind: [Scenario]\n'],
    ['apiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nmetadata:\n'],
    ['apiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nmetadata: {name: [{toString: x}]}\nspec:\n'],
    ['apiVersion: kubestep.dev/v1\nkind: Scenario\n'],
  ])('never throws: %j', (text) => {
    expect(() => parseScenario(text)).not.toThrow();
  });
});

describe('what has no effect', () => {
  it('is said with its place', () => {
    const text = `${HEAD}  components:
    kube-proxy: {bind-address: 0.0.0.0}
    kube-controller-manager: {node-monitor-grace-period: 50s, concurrent-deployment-syncs: 5}
  traffic: [{name: u, target: "http://web:80/", rps: [{at: 0s, rps: 10}], source: {pods: app=client, namespace: shop}, timeout: 1s}]
  expect: [{always: "true", from: 5s}]
  actions: [{at: 5s, fault: {type: disk-pressure, node: node-1}}]
`;
    const { scenario, problems } = parseScenario(text);
    expect(problems).toEqual([]);
    expect(scenario?.documents).toEqual([]);
    expect(scenario?.notices.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '6 spec.components.kube-proxy.bind-address has no effect: this flag of kube-proxy is not simulated',
      '7 spec.components.kube-controller-manager.concurrent-deployment-syncs has no effect: this flag of kube-controller-manager is not simulated',
    ]);
  });
});

describe('what volumes are to be filled with', () => {
  const source = 'dataSource: {name: s, kind: VolumeSnapshot, apiGroup: snapshot.storage.k8s.io}';
  const notices = (text: string) =>
    parseScenario(text).scenario?.notices.map(({ line, message }) => `${line} ${message}`);
  it('is said to have no effect, of claims and their templates', () => {
    const claim = `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: restored}\nspec:\n  ${source}\n`;
    expect(notices(claim)).toEqual([
      '5 spec.dataSource of PersistentVolumeClaim restored has no effect: the volume that is made is empty',
    ]);
    const set = `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  volumeClaimTemplates: [{spec: {${source}}}]\n`;
    expect(notices(set)).toEqual([
      '5 spec.volumeClaimTemplates.0.spec.dataSource of StatefulSet db has no effect: the volume that is made is empty',
    ]);
    expect(notices(`apiVersion: x.dev/v1\nkind: Report\nmetadata: {name: r}\nspec: {${source}}\n`)).toEqual([]);
  });
});

describe('sources of requests', () => {
  const traffic = (text: string) => parseScenario(`${HEAD}  traffic:\n  - ${text}\n`);
  it('are read into numbers', () => {
    const { scenario } = traffic(
      '{target: "https://shop.example/cart?x=1", rps: [{at: 0s, rps: 10}, {at: 1m, rps: "200"}], source: {pods: app=client}, to: 2m, timeout: 1s, headers: {x: 1}}',
    );
    expect(scenario?.config.traffic).toEqual([
      {
        name: 'source-1',
        sender: { kind: 'pods', selector: 'app=client', namespace: 'default' },
        target: { scheme: 'https', host: 'shop.example', port: 443, path: '/cart?x=1' },
        load: [
          { atMs: 0, perSecond: 10 },
          { atMs: 60_000, perSecond: 200 },
        ],
        fromMs: 0,
        toMs: 120_000,
        timeoutMs: 1000,
        retries: 0,
        keepAlive: false,
        clients: 10,
        method: 'GET',
        headers: { x: '1' },
      },
    ]);
  });
  it.each([
    ['{target: web}', 'spec.traffic.0.target: must be a URL such as http://web.shop:80/'],
    ['{target: "ftp://web/"}', 'spec.traffic.0.target: only http and https are sent, not ftp'],
    ['{target: "http://web:99999/"}', 'spec.traffic.0.target: a port is between 1 and 65535, not 99999'],
    ['{target: "http://web/", source: {node: nope}}', 'spec.traffic.0.source.node: there is no node nope'],
    ['{target: "http://web/", from: 5s, to: 5s}', 'spec.traffic.0.to: must be later than "from"'],
    [
      '{target: "http://web/", affinity: ClientIP, clients: 3, path: x}',
      'spec.traffic.0.affinity: ClientIP is one client, not 3',
      'spec.traffic.0.path: must begin with "/"',
    ],
    ['{target: "http://web/", rps: 1e30}', 'spec.traffic.0.rps: must be at most 1000000000'],
    ['{target: "http://web/", retries: 101}', 'spec.traffic.0.retries: must be between 0 and 100'],
    ['{target: "http://web/", rps: -1}', 'spec.traffic.0.rps: must not be negative'],
    [
      '{target: "http://web/", rps: [{at: 5s, rps: 1}, {at: 4s, rps: 1}]}',
      'spec.traffic.0.rps.1: must not be earlier than the point before it',
    ],
    [
      '{name: a, target: "http://web/"}\n  - {name: a, target: "http://web/"}',
      'spec.traffic.1.name: there is another source called a',
    ],
  ])('%s is refused', (text, ...messages) => {
    expect(traffic(text).problems.map((problem) => problem.message)).toEqual(messages.map((one) => `Scenario: ${one}`));
  });

  it('are one client with affinity', () => {
    const { scenario } = traffic('{target: "http://web/a", affinity: ClientIP, path: /b}');
    expect(scenario?.config.traffic?.[0]).toMatchObject({ clients: 1, target: { path: '/b' } });
  });
});

describe('expectations', () => {
  it('are compiled, and mistakes told with their place', () => {
    const { problems } = parseScenario(`${HEAD}  expect:\n  - {always: "true", from: 5s}\n  - {never: "pods()"}\n`);
    expect(problems.map(({ line, message }) => `${line} ${message.split('\n')[0]}`)).toEqual([
      '7 Scenario: spec.expect.1.never: character 1: pods is not known here',
    ]);
  });
});

describe("the editor's schema", () => {
  it('is made from the same shape (node scripts/scenario-schema.mjs --write)', () => {
    const file = new URL('../ui/editor/schemas.generated.json', import.meta.url);
    const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Record<string, unknown> };
    for (const [name, definition] of Object.entries(scenarioDefinitions())) {
      expect(definitions[name]).toEqual(JSON.parse(JSON.stringify(definition)));
    }
  });

  it('offers components and their flags, and the words that a flag takes', () => {
    const { Scenario } = scenarioDefinitions() as Record<string, { properties: Record<string, never> }>;
    const text = JSON.stringify(Scenario);
    expect(text).toContain('"ipvs-scheduler":{"enum":["rr","lc","dh","sh","sed","nq"]}');
    expect(text).toContain('"network-plugin":{"type":"object","properties":{"enforces-network-policy"');
  });
});

it('tells once of each custom kind that nobody acts on it', () => {
  const text = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: certificates.cert-manager.io}
spec: {group: cert-manager.io}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: a}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: b}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: middlewares.traefik.io}
spec: {group: traefik.io}
---
apiVersion: traefik.io/v1
kind: Middleware
metadata: {name: a}
---
apiVersion: example.com/v1
kind: Undefined
metadata: {name: a}
`;
  const { scenario } = parseScenario(text);
  expect(scenario?.notices.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '7 the document of kind Certificate has no effect: no program acts on custom resources of cert-manager.io here',
  ]);
});

it('what the simulated controllers of Ingresses pass over is told', () => {
  const text = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/rewrite-target: /
    nginx.ingress.kubernetes.io/enable-cors: "true"
    example.com/mine: x
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: {name: slow}
spec: {rateLimit: {average: 1}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop}
spec:
  rules:
  - timeouts: {request: 10s}
    filters:
    - {type: URLRewrite}
    - {type: RequestHeaderModifier}
    backendRefs:
    - {name: web, port: 80, filters: [{type: RequestMirror}]}
`;
  expect(parseScenario(text).scenario?.notices.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '7 nginx.ingress.kubernetes.io/enable-cors of Ingress web has no effect: the simulated controller passes it over',
    '13 spec.rateLimit of Middleware slow has no effect: the simulated controller passes it over',
    '20 spec.rules[0].timeouts of HTTPRoute shop has no effect: the simulated controller passes it over',
    '23 spec.rules[0].filters[1] of HTTPRoute shop has no effect: the simulated controller passes it over',
    '25 spec.rules[0].backendRefs[0].filters of HTTPRoute shop has no effect: the simulated controller passes it over',
  ]);
});

it('tells of programs in Pods that would change a cluster', () => {
  const text = `apiVersion: batch/v1
kind: CronJob
metadata: {name: restart}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
          - name: c
            image: bitnami/kubectl:1.33
            args: [rollout, restart, deployment/web]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: second}
spec:
  template:
    spec:
      initContainers:
      - name: wait
        image: alpine/k8s:1.33.0
        command: [sh, -c, "until kubectl get pods; do sleep 1; done"]
      containers:
      - name: scheduler
        image: registry.k8s.io/kube-scheduler:v1.36.0
        command: [/usr/local/bin/kube-scheduler, --config=/etc/s.yaml]
---
apiVersion: v1
kind: Pod
metadata: {name: shell}
spec:
  containers: [{name: c, image: "bitnami/kubectl:1.33", command: [sleep, infinity]}, {name: d, image: "mykubectl:1", args: [kubectlx]}]
`;
  const { scenario } = parseScenario(text);
  const why = 'has no effect: what runs in a Pod does nothing to the cluster here';
  expect(scenario?.notices.map(({ line, message }) => `${line} ${message}`)).toEqual([
    `12 kubectl of CronJob restart ${why}`,
    `24 kubectl of Deployment second ${why}`,
    `28 kube-scheduler of Deployment second ${why}`,
  ]);
});

it('the field of a feature gate that is off is told of the kind that it belongs to', () => {
  const workload = (kind: string, field: string) => `apiVersion: apps/v1
kind: ${kind}
metadata: {name: a}
spec:
  ${field}:
    rollingUpdate: {maxUnavailable: 2}
---
`;
  const text = workload('StatefulSet', 'updateStrategy') + workload('DaemonSet', 'updateStrategy');
  expect(parseScenario(text).scenario?.notices.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '6 spec.updateStrategy.rollingUpdate.maxUnavailable of StatefulSet a has no effect: the feature gate MaxUnavailableStatefulSet is off in 1.36, and the API server drops the field',
  ]);
});
