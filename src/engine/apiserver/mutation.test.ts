/** Whatever stands in a manifest or a patch, a request ends in an answer, and a refusal never speaks JavaScript. */
import { describe, expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';
import { Kept } from '../api/kept';
import { KINDS } from '../api/kinds/registry';
import type { KubeObject } from '../api/meta';
import { clonePlain, deepFreeze } from '../api/plain';
import type { Answer, ApiRequest, RequestOptions, Verb } from '../api/request';
import { apiVersionOf } from '../api/scheme';
import { INDEXERS } from '../client/indexers';
import { Random } from '../kernel/random';
import { Store } from '../store/store';
import { ApiServer } from './handle';

const TEMPLATE = {
  metadata: { labels: { app: 'web' } },
  spec: {
    containers: [
      {
        name: 'c',
        image: 'nginx',
        ports: [{ name: 'http', containerPort: 80 }],
        env: [{ name: 'A', value: 'x' }],
        resources: { requests: { cpu: '100m', memory: '1Gi' } },
        livenessProbe: { httpGet: { path: '/', port: 'http' } },
        volumeMounts: [{ name: 'v', mountPath: '/v' }],
      },
    ],
    volumes: [{ name: 'v', configMap: { name: 'x', items: [{ key: 'a', path: 'p' }] } }],
    tolerations: [{ key: 'k', operator: 'Exists' }],
    affinity: {
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', labelSelector: {} }] },
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }],
        },
      },
    },
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
  },
};
const SELECTOR = { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'app', operator: 'Exists' }] };
const JOB = {
  completionMode: 'Indexed',
  completions: 3,
  parallelism: 2,
  backoffLimitPerIndex: 1,
  maxFailedIndexes: 2,
  successPolicy: { rules: [{ succeededIndexes: '0-1', succeededCount: 1 }] },
  podFailurePolicy: {
    rules: [
      { action: 'FailIndex', onExitCodes: { operator: 'In', values: [1, 2] } },
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
    ],
  },
  template: { ...TEMPLATE, spec: { ...TEMPLATE.spec, restartPolicy: 'Never' } },
};

/** What a kind's manifest holds beside its metadata. */
const BODIES: Readonly<Record<string, object>> = {
  PersistentVolumeClaim: {
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      selector: { matchLabels: { a: 'b' } },
      storageClassName: 'a',
      dataSource: { kind: 'PersistentVolumeClaim', name: 'x' },
    },
  },
  PersistentVolume: {
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      csi: { driver: 'a.b', volumeHandle: 'x', controllerExpandSecretRef: { name: 'a', namespace: 'b' } },
      claimRef: { name: 'a', namespace: 'default' },
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }] },
      },
    },
  },
  StorageClass: {
    provisioner: 'a.b',
    parameters: { a: 'b' },
    allowedTopologies: [{ matchLabelExpressions: [{ key: 'a', values: ['b'] }] }],
  },
  VolumeAttachment: { spec: { attacher: 'a.b', nodeName: 'n', source: { persistentVolumeName: 'v' } } },
  CSIDriver: { spec: { tokenRequests: [{ audience: 'a' }], volumeLifecycleModes: ['Persistent'] } },
  CSINode: { spec: { drivers: [{ name: 'a.b', nodeID: 'n', topologyKeys: ['z'], allocatable: { count: 1 } }] } },
  CSIStorageCapacity: { storageClassName: 'a', nodeTopology: { matchLabels: { a: 'b' } }, capacity: '1Gi' },
  VolumeAttributesClass: { driverName: 'a.b', parameters: { a: 'b' } },
  ConfigMap: { data: { a: 'b' }, binaryData: { x: 'YQ==' } },
  Secret: { type: 'Opaque', data: { a: 'YQ==' } },
  Pod: { spec: TEMPLATE.spec },
  Deployment: {
    spec: { replicas: 2, selector: SELECTOR, template: TEMPLATE, strategy: { rollingUpdate: { maxSurge: '25%' } } },
  },
  ReplicaSet: { spec: { replicas: 2, selector: SELECTOR, template: TEMPLATE } },
  Job: { spec: JOB },
  CronJob: { spec: { schedule: '*/5 * * * *', timeZone: 'Europe/Paris', jobTemplate: { spec: JOB } } },
  ReplicationController: { spec: { replicas: 2, selector: { app: 'web' }, template: TEMPLATE } },
  PodTemplate: { template: TEMPLATE },
  ControllerRevision: { data: { spec: { template: TEMPLATE } }, revision: 1 },
  DaemonSet: {
    spec: { selector: SELECTOR, template: TEMPLATE, updateStrategy: { rollingUpdate: { maxUnavailable: '25%' } } },
  },
  StatefulSet: {
    spec: {
      replicas: 2,
      serviceName: 'web',
      selector: SELECTOR,
      template: TEMPLATE,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  },
  Service: {
    spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http', nodePort: 30001 }] },
  },
  Node: {
    spec: { taints: [{ key: 'a', effect: 'NoSchedule' }], podCIDRs: ['10.0.0.0/24'] },
    status: { capacity: { cpu: '4' } },
  },
  HorizontalPodAutoscaler: {
    spec: {
      maxReplicas: 3,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
        {
          type: 'Object',
          object: {
            describedObject: { apiVersion: 'v1', kind: 'Service', name: 's' },
            metric: { name: 'rps', selector: SELECTOR },
            target: { type: 'Value', value: '10' },
          },
        },
      ],
      behavior: { scaleUp: { tolerance: '0.1', policies: [{ type: 'Pods', value: 1, periodSeconds: 15 }] } },
    },
  },
  Ingress: {
    spec: {
      ingressClassName: 'c',
      tls: [{ hosts: ['*.b'], secretName: 's' }],
      rules: [
        {
          host: 'a.b',
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
          },
        },
      ],
    },
  },
  IngressClass: { spec: { controller: 'a.b/c', parameters: { kind: 'F', name: 'g' } } },
  NetworkPolicy: {
    spec: {
      podSelector: SELECTOR,
      ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 80 }] }],
    },
  },
  Endpoints: {
    subsets: [{ addresses: [{ ip: '10.0.0.1', targetRef: { kind: 'Pod', name: 'a' } }], ports: [{ port: 80 }] }],
  },
  PodDisruptionBudget: { spec: { minAvailable: '50%', selector: SELECTOR } },
  ValidatingAdmissionPolicy: {
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] },
        ],
      },
      validations: [{ expression: 'object.spec.replicas <= 5', message: 'too many' }],
    },
  },
  ValidatingAdmissionPolicyBinding: { spec: { policyName: 'web', validationActions: ['Deny'] } },
  ClusterRole: {
    rules: [
      { apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: ['a'] },
      { nonResourceURLs: ['/healthz'], verbs: ['get'] },
    ],
    aggregationRule: { clusterRoleSelectors: [SELECTOR] },
  },
  Role: { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
  ClusterRoleBinding: {
    roleRef: { kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'default' }],
  },
  RoleBinding: { roleRef: { kind: 'Role', name: 'view' }, subjects: [{ kind: 'User', name: 'jane' }] },
  PriorityClass: { value: 5, globalDefault: false },
  LimitRange: { spec: { limits: [{ type: 'Container', max: { cpu: '1' }, default: { memory: '1Gi' } }] } },
  ResourceQuota: { spec: { hard: { pods: '2', 'limits.cpu': '1' }, scopes: ['NotBestEffort'] } },
  RuntimeClass: { handler: 'runc', overhead: { podFixed: { cpu: '1m' } }, scheduling: { nodeSelector: { a: 'b' } } },
  Lease: { spec: { holderIdentity: 'x', renewTime: '2026-01-01T00:00:00.000000Z' } },
  EndpointSlice: {
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: true } }],
    ports: [{ port: 80 }],
  },
  Event: { involvedObject: { kind: 'Pod', name: 'p', namespace: 'default' }, reason: 'A', type: 'Normal', count: 1 },
  APIService: {
    spec: {
      group: 'example.com',
      version: 'v1',
      groupPriorityMinimum: 100,
      versionPriority: 15,
      service: { name: 'things', namespace: 'default' },
      insecureSkipTLSVerify: true,
    },
  },
  CustomResourceDefinition: {
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'things', kind: 'Thing' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  },
};

const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e30,
  2 ** 31,
  '',
  'x',
  '-1',
  '1e9',
  '../..',
  '__proto__',
  'a\u0000b',
  [],
  [null],
  [[]],
  ['x'],
  [{}],
  {},
  { toString: 'x' },
  { $patch: 'delete' },
  { $patch: 5 },
  { $retainKeys: 5 },
  JSON.parse('{"__proto__":{"x":1},"constructor":null}'),
];
const KEYS: readonly string[] = [
  '__proto__',
  'constructor',
  '',
  'a/b/c',
  '$patch',
  '$setElementOrder/containers',
  '$deleteFromPrimitiveList/finalizers',
  'metadata',
];

type Container = Record<string, unknown> | unknown[];

function containersIn(value: unknown, found: Container[] = []): Container[] {
  if (typeof value !== 'object' || value === null) return found;
  found.push(value as Container);
  for (const member of Object.values(value)) containersIn(member, found);
  return found;
}

/** Anything; mostly of the same JSON type, so that it gets as far as validation. */
function substitute(before: unknown, random: Random): unknown {
  const alike = VALUES.filter(
    (value) => typeof value === typeof before && Array.isArray(value) === Array.isArray(before),
  );
  const values = alike.length > 0 && random.below(4) > 0 ? alike : VALUES;
  return clonePlain(values[random.below(values.length)]);
}

/** A copy with one to three places changed: a value replaced, a member taken out, or one put in. */
function mutated(original: unknown, random: Random): unknown {
  let root = clonePlain(original);
  for (let left = 1 + random.below(3); left > 0; left--) {
    const containers = containersIn(root);
    const container = containers[random.below(containers.length + 1)];
    if (!container) {
      if (random.below(20) === 0) root = substitute(root, random);
      continue;
    }
    const keys = Object.keys(container);
    const own = keys[random.below(Math.max(1, keys.length))];
    const key = own === undefined || random.below(5) === 0 ? (KEYS[random.below(KEYS.length)] as string) : own;
    const value = substitute((container as Record<string, unknown>)[key], random);
    if (Array.isArray(container)) container[Number(own ?? 0)] = value;
    else if (random.below(6) === 0) delete container[key];
    else Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return root;
}

function server(): { api: ApiServer; random: Random } {
  const store = new Store<KubeObject>(INDEXERS);
  const random = Random.split(1, 'names');
  const kept = new Kept();
  const api = new ApiServer({
    store,
    random,
    keep: (object, earlier) => kept.of(object, earlier),
    now: '2026-01-01T00:00:00Z',
    outage: undefined,
    kubelet: () => ({ failure: 'connect: connection refused' }),
    timeOf: () => '2026-01-01T00:00:00Z',
    commit: (kind, key, value) => store.write(kind, key, value && deepFreeze(value), 1, 0),
  });
  return { api, random };
}

/** A message that names what JavaScript stumbled over. */
const JAVASCRIPT =
  /Cannot (read|set|convert|destructure|access)|is not (a function|iterable|defined|an object)|undefined|\[object |NaN|Unexpected token|Maximum call/;

function expectAnswer({ code, status, object, warnings }: Answer, what: string): void {
  if (status) expect(status.code, what).toBe(code);
  else expect(object, what).toBeDefined();
  for (const text of [status?.message ?? '', ...warnings]) expect(text, what).not.toMatch(JAVASCRIPT);
}

describe.each(KINDS.map((info) => [info.kind, info] as const))('%s', (kind, info) => {
  const name = { CustomResourceDefinition: 'things.example.com', APIService: 'v1.example.com' }[kind] ?? 'web';
  const manifest = {
    apiVersion: apiVersionOf(info),
    kind,
    metadata: {
      name,
      labels: { app: 'web' },
      annotations: { a: 'b' },
      finalizers: ['example.com/f'],
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' }],
    },
    ...BODIES[kind],
  };
  const namespace = info.namespaced ? 'default' : undefined;
  const request = (verb: Verb, body: unknown, more: Partial<ApiRequest> = {}): ApiRequest => ({
    user: 'kubernetes-admin',
    groups: ['system:masters'],
    verb,
    group: info.group,
    version: info.version,
    resource: info.plural,
    namespace,
    body,
    ...more,
  });

  test('every mutation of its manifest and of each patch is answered', () => {
    const { api } = server();
    const metadata = { name: 'default' };
    api.handle({
      ...request('create', { apiVersion: 'v1', kind: 'Namespace', metadata }),
      group: '',
      version: 'v1',
      resource: 'namespaces',
      namespace: undefined,
    });
    expect(api.handle(request('create', manifest)).status?.message).toBeUndefined();
    const random = Random.split(7, kind);
    const subresources = [undefined, ...info.subresources.filter((each) => each === 'status' || each === 'scale')];
    const validations = ['Strict', 'Warn', 'Ignore'] as const;
    for (let round = 0; round < 250; round++) {
      const body = mutated(manifest, random);
      const options: RequestOptions = { fieldValidation: validations[round % 3], dryRun: round % 4 > 0 };
      const what = `${kind} ${JSON.stringify(body)}`;
      const subresource = subresources[round % subresources.length];
      expectAnswer(api.handle(request('create', body, { options })), `create ${what}`);
      expectAnswer(api.handle(request('update', body, { name, subresource, options })), `update ${what}`);
      for (const patchType of ['merge', 'strategic'] as const) {
        const patch = { ...options, patchType };
        expectAnswer(api.handle(request('patch', body, { name, subresource, options: patch })), `${patchType} ${what}`);
      }
      const operations = mutated(
        [
          { op: 'add', path: '/metadata/labels/x', value: body },
          { op: 'replace', path: '', value: body },
        ].slice(round % 2),
        random,
      );
      const json = { ...options, patchType: 'json' } as const;
      expectAnswer(
        api.handle(request('patch', operations, { name, subresource, options: json })),
        `json ${JSON.stringify(operations)}`,
      );
    }
  });
});

test('whoever names an object is refused by that name, else by the prefix', () => {
  const terminal = createTerminal({ nodes: 0 });
  terminal.world.runFor(100);
  const refusal = (names: string): string =>
    terminal.run(
      'create -f -',
      `{apiVersion: v1, kind: Pod, metadata: {${names}}, spec: {serviceAccountName: nobody, containers: [{name: a, image: a}]}}`,
    ).stderr;
  expect(refusal('generateName: web-, name: web-abcde')).toContain('pods "web-abcde" is forbidden');
  expect(refusal('generateName: web-')).toContain('pods "web-" is forbidden');
});
