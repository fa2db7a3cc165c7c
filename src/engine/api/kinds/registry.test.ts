/** Every kind has each of its parts, and one example that shows how it is read, defaulted and listed. */
import { describe, expect, test } from 'vitest';
import { bareWorld, stored } from '../../../testing/refusal';
import { BUILT_IN } from '../discovery';
import { typeSchema } from '../schema';
import { apiVersionOf } from '../scheme';
import { KINDS } from './registry';

const HOOK =
  '{name: a.b.c, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {service: {namespace: n, name: s}}, ' +
  'rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]}';

/** Names of those that can't be called x. */
const NAMES: Readonly<Record<string, string>> = { CustomResourceDefinition: 'x.b.c', APIService: 'v1.x.b' };

/** A manifest of each kind, what is stored of it beside its metadata, and its row (ages left out). */
const EXAMPLES: Readonly<Record<string, readonly [manifest: string, stored: object, row: string]>> = {
  ValidatingAdmissionPolicy: [
    'spec: {matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}, validations: [{expression: "true"}]}',
    {
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          matchPolicy: 'Equivalent',
          namespaceSelector: {},
          objectSelector: {},
          resourceRules: [
            { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: '*' },
          ],
        },
        validations: [{ expression: 'true' }],
      },
      status: { observedGeneration: 1, typeChecking: {} },
    },
    'x 1 <unset>',
  ],
  ValidatingAdmissionPolicyBinding: [
    'spec: {policyName: p, validationActions: [Deny]}',
    { spec: { policyName: 'p', validationActions: ['Deny'] } },
    'x p <unset>',
  ],
  ClusterRole: [
    'aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}',
    { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] }, rules: null },
    'x 2026-01-01T00:00:00Z',
  ],
  Role: [
    'rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]',
    { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
    'x 2026-01-01T00:00:00Z',
  ],
  ClusterRoleBinding: [
    'roleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: Group, name: devs}]',
    {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'devs' }],
    },
    'x ClusterRole/view  devs ',
  ],
  RoleBinding: [
    'roleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: ServiceAccount, name: robot}, {kind: User, name: jane}]',
    {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [
        { kind: 'ServiceAccount', name: 'robot' },
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jane' },
      ],
    },
    'x ClusterRole/view jane  /robot',
  ],
  ConfigMap: ['data: {b: "2", a: "1"}', { data: { a: '1', b: '2' } }, 'x 2'],
  Event: [
    'involvedObject: {kind: Pod, name: web, namespace: default}\nreason: Started\ntype: Normal\nmessage: hello',
    {
      involvedObject: { kind: 'Pod', name: 'web', namespace: 'default' },
      message: 'hello',
      reason: 'Started',
      source: {},
      type: 'Normal',
    },
    '<unknown> Normal Started pod/web   hello <unknown> 1 x',
  ],
  Namespace: ['{}', { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } }, 'x Active'],
  Node: [
    'spec: {podCIDR: 10.1.0.0/24}',
    {
      spec: {
        podCIDR: '10.1.0.0/24',
        podCIDRs: ['10.1.0.0/24'],
        taints: [{ effect: 'NoSchedule', key: 'node.kubernetes.io/not-ready' }],
      },
    },
    'x Unknown <none>  <none> <none> <unknown> <unknown> <unknown>',
  ],
  Pod: [
    'spec: {containers: [{name: a, image: nginx}]}',
    { status: { phase: 'Pending', qosClass: 'BestEffort' } },
    'x 0/1 Pending 0 <none> <none> <none> <none>',
  ],
  PodTemplate: [
    'template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}',
    { template: { spec: { restartPolicy: 'Always' } } },
    'x c i a=b',
  ],
  ReplicationController: [
    'spec: {template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}',
    { metadata: { labels: { a: 'b' } }, spec: { replicas: 1, selector: { a: 'b' } }, status: { replicas: 0 } },
    'x 1 0 0 c i a=b',
  ],
  LimitRange: [
    'spec: {limits: [{type: Container, max: {cpu: 1}, min: {memory: 1Mi}}]}',
    {
      spec: {
        limits: [
          {
            type: 'Container',
            max: { cpu: '1' },
            min: { memory: '1Mi' },
            default: { cpu: '1' },
            defaultRequest: { cpu: '1', memory: '1Mi' },
          },
        ],
      },
    },
    'x 2026-01-01T00:00:00Z',
  ],
  ResourceQuota: [
    'spec: {hard: {pods: 2}}\nstatus: {hard: {pods: 3}}',
    { spec: { hard: { pods: '2' } }, status: {} },
    'x  ',
  ],
  RuntimeClass: ['handler: runsc', { handler: 'runsc' }, 'x runsc'],
  Secret: ['stringData: {a: b}', { data: { a: 'Yg==' }, type: 'Opaque' }, 'x Opaque 1'],
  ServiceAccount: ['{}', {}, 'x'],
  Service: [
    'spec: {clusterIP: 10.96.0.77, ports: [{port: 80}], selector: {app: x}}',
    {
      spec: {
        clusterIP: '10.96.0.77',
        clusterIPs: ['10.96.0.77'],
        internalTrafficPolicy: 'Cluster',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
        selector: { app: 'x' },
        sessionAffinity: 'None',
        type: 'ClusterIP',
      },
      status: { loadBalancer: {} },
    },
    'x ClusterIP 10.96.0.77 <none> 80/TCP app=x',
  ],
  CustomResourceDefinition: [
    'spec: {group: b.c, scope: Cluster, names: {plural: x, kind: X}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}',
    {
      spec: {
        conversion: { strategy: 'None' },
        group: 'b.c',
        names: { kind: 'X', listKind: 'XList', plural: 'x', singular: 'x' },
        scope: 'Cluster',
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
      },
      status: { acceptedNames: { kind: '', plural: '' }, conditions: null, storedVersions: ['v1'] },
    },
    'x.b.c 2026-01-01T00:00:00Z',
  ],
  ControllerRevision: ['data: {a: 1}\nrevision: 3', { data: { a: 1 }, revision: 3 }, 'x <none> 3'],
  Job: [
    'spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}',
    {
      spec: {
        backoffLimit: 6,
        completionMode: 'NonIndexed',
        completions: 1,
        manualSelector: false,
        parallelism: 1,
        podReplacementPolicy: 'TerminatingOrFailed',
        suspend: false,
      },
      status: {},
    },
    'x Running 0/1  c i batch.kubernetes.io/controller-uid=UID',
  ],
  CronJob: [
    'spec: {schedule: "@hourly", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}}',
    {
      spec: { concurrencyPolicy: 'Allow', failedJobsHistoryLimit: 1, successfulJobsHistoryLimit: 3, suspend: false },
      status: {},
    },
    'x @hourly <none> False 0 <none> c i <none>',
  ],
  DaemonSet: [
    'spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {nodeSelector: {c: d}, containers: [{name: c, image: i}]}}}',
    {
      metadata: { annotations: { 'deprecated.daemonset.template.generation': '1' } },
      spec: {
        revisionHistoryLimit: 10,
        updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: 'RollingUpdate' },
      },
      status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
    },
    'x 0 0 0 0 0 c=d c i a=b',
  ],
  Deployment: [
    'spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}',
    {
      spec: {
        progressDeadlineSeconds: 600,
        replicas: 1,
        revisionHistoryLimit: 10,
        strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' },
      },
      status: {},
    },
    'x 0/1 0 0 c i a=b',
  ],
  ReplicaSet: [
    'spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}',
    { spec: { replicas: 1 }, status: { replicas: 0 } },
    'x 1 0 0 c i a=b',
  ],
  StatefulSet: [
    `spec:
  selector: {matchLabels: {a: b}}
  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}
  updateStrategy: {rollingUpdate: {maxUnavailable: 2}}
  volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]`,
    {
      spec: {
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        podManagementPolicy: 'OrderedReady',
        replicas: 1,
        revisionHistoryLimit: 10,
        updateStrategy: { rollingUpdate: { partition: 0 }, type: 'RollingUpdate' },
        volumeClaimTemplates: [
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            spec: { volumeMode: 'Filesystem' },
            status: { phase: 'Pending' },
          },
        ],
      },
      status: { availableReplicas: 0, replicas: 0 },
    },
    'x 0/1 c i',
  ],
  HorizontalPodAutoscaler: [
    'spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}',
    {
      spec: {
        minReplicas: 1,
        maxReplicas: 3,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
        ],
      },
      status: { currentMetrics: null, desiredReplicas: 0 },
    },
    'x Deployment/web cpu: <unknown>/80% 1 3 0',
  ],
  Lease: ['spec: {holderIdentity: me}', { spec: { holderIdentity: 'me' } }, 'x me'],
  EndpointSlice: [
    'addressType: IPv4\nendpoints: [{addresses: [10.0.0.1]}]\nports: [{port: 80}]',
    {
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.0.1'], conditions: {} }],
      ports: [{ name: '', port: 80, protocol: 'TCP' }],
    },
    'x IPv4 80 10.0.0.1',
  ],
  Endpoints: [
    'subsets: [{addresses: [{ip: 10.0.0.1}, {ip: 10.0.0.2}], ports: [{name: a, port: 80}, {name: b, port: 81}]}]',
    {
      subsets: [
        {
          addresses: [{ ip: '10.0.0.1' }, { ip: '10.0.0.2' }],
          ports: [
            { name: 'a', port: 80, protocol: 'TCP' },
            { name: 'b', port: 81, protocol: 'TCP' },
          ],
        },
      ],
    },
    'x 10.0.0.1:80,10.0.0.2:80,10.0.0.1:81 + 1 more...',
  ],
  Ingress: [
    'spec: {ingressClassName: c, tls: [{hosts: [a.b]}], rules: [{host: a.b}, {host: "*.b"}]}',
    {
      spec: { ingressClassName: 'c', tls: [{ hosts: ['a.b'] }], rules: [{ host: 'a.b' }, { host: '*.b' }] },
      status: { loadBalancer: {} },
    },
    'x c a.b,*.b  80, 443',
  ],
  IngressClass: [
    'spec: {controller: a.b/c, parameters: {apiGroup: d.e, kind: F, name: g}}',
    { spec: { controller: 'a.b/c', parameters: { apiGroup: 'd.e', kind: 'F', name: 'g', scope: 'Cluster' } } },
    'x a.b/c F.d.e/g',
  ],
  NetworkPolicy: [
    'spec: {podSelector: {matchLabels: {a: b}}, egress: [{ports: [{port: 53}]}]}',
    {
      spec: {
        podSelector: { matchLabels: { a: 'b' } },
        egress: [{ ports: [{ port: 53, protocol: 'TCP' }] }],
        policyTypes: ['Ingress', 'Egress'],
      },
    },
    'x a=b',
  ],
  PodDisruptionBudget: [
    'spec: {minAvailable: 1, selector: {matchLabels: {a: b}}}',
    {
      spec: { minAvailable: 1, selector: { matchLabels: { a: 'b' } } },
      status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
    },
    'x 1 N/A 0',
  ],
  PersistentVolumeClaim: [
    'spec: {accessModes: [ReadWriteMany, ReadWriteOnce], resources: {requests: {storage: 1Gi}}, storageClassName: a}',
    {
      metadata: { finalizers: ['kubernetes.io/pvc-protection'] },
      spec: { resources: { requests: { storage: '1Gi' } }, volumeMode: 'Filesystem' },
      status: { phase: 'Pending' },
    },
    'x Pending    a <unset> Filesystem',
  ],
  PersistentVolume: [
    'spec: {accessModes: [ReadWriteMany, ReadWriteOnce], capacity: {storage: 1Gi}, nfs: {server: s, path: /}}',
    {
      metadata: { finalizers: ['kubernetes.io/pv-protection'] },
      spec: { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' },
      status: { phase: 'Pending', lastPhaseTransitionTime: '2026-01-01T00:00:00Z' },
    },
    'x 1Gi RWO,RWX Retain Pending   <unset>  Filesystem',
  ],
  StorageClass: [
    'provisioner: rancher.io/local-path',
    { provisioner: 'rancher.io/local-path', reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
    'x rancher.io/local-path Delete Immediate false',
  ],
  MutatingWebhookConfiguration: [
    `webhooks: [${HOOK}]`,
    {
      webhooks: [
        {
          failurePolicy: 'Fail',
          matchPolicy: 'Equivalent',
          namespaceSelector: {},
          objectSelector: {},
          timeoutSeconds: 10,
          reinvocationPolicy: 'Never',
          rules: [{ scope: '*' }],
          clientConfig: { service: { port: 443 } },
        },
      ],
    },
    'x 1',
  ],
  ValidatingWebhookConfiguration: [`webhooks: [${HOOK}]`, { webhooks: [{ failurePolicy: 'Fail' }] }, 'x 1'],
  APIService: [
    'spec: {version: v1, group: x.b, groupPriorityMinimum: 1, versionPriority: 1, service: {namespace: a, name: b}}',
    { spec: { service: { port: 443 } }, status: {} },
    'v1.x.b a/b Unknown',
  ],
  VolumeAttachment: [
    'spec: {attacher: a.b, nodeName: n, source: {persistentVolumeName: v}}',
    { spec: { attacher: 'a.b', nodeName: 'n', source: { persistentVolumeName: 'v' } }, status: { attached: false } },
    'x a.b v n false',
  ],
  CSIDriver: [
    'spec: {}',
    {
      spec: {
        attachRequired: true,
        fsGroupPolicy: 'ReadWriteOnceWithFSType',
        podInfoOnMount: false,
        requiresRepublish: false,
        seLinuxMount: false,
        storageCapacity: false,
        volumeLifecycleModes: ['Persistent'],
      },
    },
    'x true false false <unset> false Persistent',
  ],
  CSINode: [
    'spec: {drivers: [{name: a.b, nodeID: n, topologyKeys: [z]}]}',
    { spec: { drivers: [{ name: 'a.b', nodeID: 'n', topologyKeys: ['z'] }] } },
    'x 1',
  ],
  CSIStorageCapacity: ['storageClassName: a', { storageClassName: 'a' }, 'x a <unset>'],
  VolumeAttributesClass: [
    'driverName: a.b\nparameters: {iops: "5"}',
    { metadata: { finalizers: ['kubernetes.io/vac-protection'] }, parameters: { iops: '5' } },
    'x a.b',
  ],
  PriorityClass: ['value: 5', { preemptionPolicy: 'PreemptLowerPriority', value: 5 }, 'x 5 false PreemptLowerPriority'],
};

describe('every kind', () => {
  test('has a name, a plural and short names of its own', () => {
    const unique = (values: readonly string[]): void =>
      expect(values.filter((one, at) => values.indexOf(one) !== at)).toEqual([]);
    unique(KINDS.map(({ id }) => id));
    unique(KINDS.map(({ group, plural }) => `${plural}.${group}`));
    unique(KINDS.flatMap(({ shortNames }) => shortNames));
  });

  test.each(KINDS.map((definition) => [definition.id, definition] as const))('%s has each part', (id, definition) => {
    expect(typeSchema(definition.type)?.get('metadata'), 'a schema').toBeDefined();
    expect(definition.strategy.validate, 'validation').toBeDefined();
    expect(definition.strategy.validateUpdate, 'validation of updates').toBeDefined();
    expect(definition.table.columns.length, 'columns').toBeGreaterThan(0);
    expect(definition.scale !== undefined).toBe(definition.subresources.includes('scale'));
    expect(BUILT_IN.find(id)).toBe(definition);
    expect(BUILT_IN.findKind(apiVersionOf(definition), definition.kind)).toBe(definition);
    expect(BUILT_IN.findResource(definition.group, definition.version, definition.plural)).toBe(definition);
    expect(EXAMPLES, 'an example').toHaveProperty(id);
  });

  test.each(KINDS.map((definition) => [definition.id, definition] as const))(
    '%s is read, defaulted and listed',
    (id, definition) => {
      const [body, expected, row] = EXAMPLES[id]!;
      const name = NAMES[id] ?? 'x';
      const manifest = `apiVersion: ${apiVersionOf(definition)}\nkind: ${definition.kind}\nmetadata: {name: ${name}}\n${body === '{}' ? '' : body}`;
      const object = stored(bareWorld(), manifest);
      expect(object).toMatchObject(expected);
      expect(object.metadata.generation !== undefined).toBe(definition.countsGenerations);
      const cells = definition.table.row(object, { nowMs: 0, timeOf: () => 0 });
      expect(cells).toHaveLength(definition.table.columns.length);
      const shown = cells.filter((_, at) => definition.table.columns[at]?.title !== 'AGE');
      expect(shown.join(' ').replace(object.metadata.uid ?? '', 'UID')).toBe(row);
    },
  );
});
