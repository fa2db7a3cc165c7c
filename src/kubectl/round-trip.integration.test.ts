/** What `kubectl get -o yaml` prints of any kind can be sent back without changing anything. */
import { expect, it } from 'vitest';
import { KINDS } from '../engine/api/kinds/registry';
import { createTerminal } from '../testing/terminal';

const TEMPLATE =
  'selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}';
const JOB_POD = 'spec: {restartPolicy: Never, containers: [{name: c, image: i}]}';
const BODIES: Readonly<Record<string, string>> = {
  ConfigMap: 'data: {a: "1", "on": "off", empty: ""}',
  Event: 'involvedObject: {kind: Pod, name: web, namespace: default}\nreason: Started\ntype: Normal\nmessage: hello',
  Pod: 'spec: {schedulingGates: [{name: a.com/wait}], containers: [{name: a, image: nginx, resources: {requests: {cpu: 500m, memory: 1Gi}}}]}',
  Secret: 'stringData: {a: b}',
  Service: 'spec: {type: NodePort, ports: [{port: 80}], selector: {app: x}}',
  CustomResourceDefinition:
    'spec: {group: b.c, scope: Cluster, names: {plural: x, kind: X}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, additionalProperties: true}}}}}]}',
  Deployment: `spec: {paused: true, ${TEMPLATE}}`,
  ReplicaSet: `spec: {replicas: 0, ${TEMPLATE}}`,
  Lease: 'spec: {holderIdentity: me, renewTime: "2026-01-01T00:00:00.000000Z"}',
  EndpointSlice: 'addressType: IPv4\nendpoints: [{addresses: [10.0.0.1]}]\nports: [{port: 80}]',
  PodDisruptionBudget: 'spec: {minAvailable: 50%, selector: {matchLabels: {a: b}}}',
  ValidatingAdmissionPolicy:
    'spec: {matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}, validations: [{expression: "true"}]}',
  ValidatingAdmissionPolicyBinding: 'spec: {policyName: p, validationActions: [Deny]}',
  ClusterRoleBinding: 'roleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: User, name: jane}]',
  RoleBinding: 'roleRef: {kind: Role, name: view}\nsubjects: [{kind: ServiceAccount, name: robot}]',
  PriorityClass: 'value: 5',
  PersistentVolumeClaim: 'spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}',
  PersistentVolume: 'spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /a}}',
  PodTemplate: 'template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}',
  ReplicationController:
    'spec: {replicas: 0, selector: {a: b}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}',
  ControllerRevision: 'revision: 1\ndata: {a: {b: 1}}',
  DaemonSet: `spec: {${TEMPLATE}}`,
  StatefulSet: `spec: {replicas: 0, serviceName: x, ${TEMPLATE}}`,
  CronJob: `spec: {suspend: true, schedule: "* * * * *", jobTemplate: {spec: {template: {${JOB_POD}}}}}`,
  Job: `spec: {suspend: true, template: {${JOB_POD}}}`,
  LimitRange: 'spec: {limits: [{type: Container, default: {cpu: 500m}}]}',
  ResourceQuota: 'spec: {hard: {pods: "3"}}',
  RuntimeClass: 'handler: runc',
  CSIStorageCapacity: 'storageClassName: fast\ncapacity: 1Gi',
  StorageClass: 'provisioner: a.b/c',
  VolumeAttachment: 'spec: {attacher: a.b, nodeName: node-9, source: {persistentVolumeName: v}}',
  VolumeAttributesClass: 'driverName: a.b\nparameters: {a: b}',
  HorizontalPodAutoscaler:
    'spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, behavior: {scaleUp: {stabilizationWindowSeconds: 5}}}',
  Ingress:
    'spec: {rules: [{host: a.b, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}',
  IngressClass: 'spec: {controller: a.b/c, parameters: {kind: F, name: g}}',
  NetworkPolicy: 'spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 80}]}]}',
  APIService:
    'spec: {group: b.c, version: v1, groupPriorityMinimum: 100, versionPriority: 15, service: {name: s, namespace: ns}, insecureSkipTLSVerify: true}',
  Endpoints: 'subsets: [{addresses: [{ip: 10.0.0.1}], ports: [{port: 80}]}]',
};

/**
 * Kinds of which kubectl itself says `configured` each time: stringData is never read back, lists that are replaced have
 * got defaults, and a selector with the strategy `replace` is always sent.
 */
const ALWAYS_SENT = [
  'ClusterRoleBinding',
  'EndpointSlice',
  'Endpoints',
  'LimitRange',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'Secret',
  'ValidatingAdmissionPolicy',
];

it.each(KINDS.map((definition) => [definition.kind, definition] as const))('%s', (kind, definition) => {
  const { run, world } = createTerminal({ nodes: 0 });
  const { group, version, plural } = definition;
  const name = { CustomResourceDefinition: 'x.b.c', APIService: 'v1.b.c' }[kind] ?? 'x';
  const apiVersion = group ? `${group}/${version}` : version;
  const manifest = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}}\n${BODIES[kind] ?? ''}\n`;
  expect(run('apply -f -', manifest).code).toBe(0);
  world.runFor(2_000);
  expect(run('apply -f -', manifest).stdout).toMatch(ALWAYS_SENT.includes(kind) ? / configured\n$/ : / unchanged\n$/);
  const resource = group ? `${plural}.${group}` : plural;
  const written = run(`get ${resource} ${name} -o yaml`).stdout;
  expect(run('replace -f -', written)).toMatchObject({ code: 0, stdout: expect.stringMatching(/ replaced\n$/) });
  expect(run(`get ${resource} ${name} -o yaml`).stdout).toBe(written);
});
