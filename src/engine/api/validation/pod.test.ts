/** Pods that the API server refuses, in its own words: each row changes one thing in a valid Pod. */
import { beforeAll, describe, expect, test } from 'vitest';
import { bareWorld, refusedCreate } from '../../../testing/refusal';
import type { World } from '../../../testing/world';

let world: World;
beforeAll(() => {
  world = bareWorld();
});

function pod(spec: string, container = ''): string {
  const lines = container ? `\n    ${container.replaceAll('\n', '\n    ')}` : '';
  const containers = `  containers:\n  - name: app\n    image: nginx${lines}`;
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n${containers}\n  ${spec.replaceAll('\n', '\n  ')}`;
}

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const C = 'spec.containers[0]';

/** What is written into the container, and what comes back. */
const CONTAINER: [string, string[]][] = [
  [
    // Of the mounts of a volume the last is remembered.
    'volumeMounts: [{name: v, mountPath: /a}, {name: v, mountPath: /b}]\nvolumeDevices: [{name: w, devicePath: /a}, {name: w, devicePath: /b}]',
    [
      `${C}.volumeMounts[0].name: Not found: "v"`,
      `${C}.volumeMounts[1].name: Not found: "v"`,
      `${C}.volumeMounts[1].mountPath: Invalid value: "/b": must not already exist as a path in volumeDevices`,
      `${C}.volumeDevices[0].name: Not found: "w"`,
      `${C}.volumeDevices[1].name: Invalid value: "w": must be unique`,
      `${C}.volumeDevices[1].name: Not found: "w"`,
      `${C}.volumeDevices[1].devicePath: Invalid value: "/b": must not already exist as a path in volumeMounts`,
    ],
  ],
  [
    'securityContext: {appArmorProfile: {type: Localhost, localhostProfile: " "}}',
    [`${C}.securityContext.appArmorProfile.localhostProfile: Invalid value: " ": must not be padded with whitespace`],
  ],
  [
    'imagePullPolicy: always',
    [`${C}.imagePullPolicy: Unsupported value: "always": supported values: "Always", "IfNotPresent", "Never"`],
  ],
  [
    'terminationMessagePolicy: Log',
    [`${C}.terminationMessagePolicy: Unsupported value: "Log": supported values: "File", "FallbackToLogsOnError"`],
  ],
  [
    'ports: [{containerPort: 70000}]',
    [`${C}.ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive`],
  ],
  ['ports: [{name: http}]', [`${C}.ports[0].containerPort: Required value`]],
  [
    'ports: [{containerPort: 80, protocol: HTTP}]',
    [`${C}.ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"`],
  ],
  [
    'ports: [{containerPort: 80, hostPort: 1}, {containerPort: 81, hostPort: 1}]',
    [`${C}.ports[1].hostPort: Duplicate value: "TCP//1"`],
  ],
  [
    'env: [{name: A=B}]',
    [
      `${C}.env[0].name: Invalid value: "A=B": a valid environment variable name must consist only of printable ASCII characters other than '='`,
    ],
  ],
  [
    'env: [{name: A, valueFrom: {}}]',
    [
      `${C}.env[0].valueFrom: Invalid value: "": must specify one of: \`fieldRef\`, \`resourceFieldRef\`, \`configMapKeyRef\`, \`secretKeyRef\` or \`fileKeyRef\``,
    ],
  ],
  [
    'env: [{name: A, value: b, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]',
    [`${C}.env[0].valueFrom: Invalid value: "": may not be specified when \`value\` is not empty`],
  ],
  [
    'env: [{name: A, valueFrom: {fieldRef: {fieldPath: spec.replicas}}}]',
    [
      `${C}.env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.replicas": error converting fieldPath: field label not supported: spec.replicas`,
    ],
  ],
  [
    'env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 2m}}}]',
    [
      `${C}.env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource`,
    ],
  ],
  ['envFrom: [{}]', [`${C}.envFrom: Invalid value: "": must specify one of: \`configMapRef\` or \`secretRef\``]],
  ['volumeMounts: [{name: html, mountPath: /html}]', [`${C}.volumeMounts[0].name: Not found: "html"`]],
  [
    'resources: {requests: {cpu: -100m}}',
    [`${C}.resources.requests[cpu]: Invalid value: "-100m": must be greater than or equal to 0`],
  ],
  [
    'resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}',
    [`${C}.resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1500m`],
  ],
  [
    'resources: {requests: {nvidia.com/gpu: 1}}',
    [`${C}.resources.limits: Required value: Limit must be set for non overcommitable resources`],
  ],
  [
    'resources: {requests: {cpu: 1, hugepages-2Mi: 1Mi}}',
    [
      `${C}.resources.limits: Required value: Limit must be set for non overcommitable resources`,
      `${C}.resources.requests[hugepages-2Mi]: Invalid value: "1Mi": 1Mi is not positive integer multiple of hugepages-2Mi`,
    ],
  ],
  [
    'resources: {limits: {nvidia.com/gpu: "0.5"}}',
    [
      `${C}.resources.limits[nvidia.com/gpu]: Invalid value: "500m": must be an integer`,
      `${C}.resources.requests[nvidia.com/gpu]: Invalid value: "500m": must be an integer`,
    ],
  ],
  [
    'resources: {requests: {storage: 1Gi}}',
    [`${C}.resources.requests[storage]: Invalid value: "storage": must be a standard resource for containers`],
  ],
  ['livenessProbe: {exec: {}}', [`${C}.livenessProbe.exec.command: Required value`]],
  [
    'livenessProbe: {tcpSocket: {port: 80}, successThreshold: 2}',
    [`${C}.livenessProbe.successThreshold: Invalid value: 2: must be 1`],
  ],
  [
    'livenessProbe: {httpGet: {port: 80, scheme: http}}',
    [`${C}.livenessProbe.httpGet.scheme: Unsupported value: "http": supported values: "HTTP", "HTTPS"`],
  ],
  [
    'readinessProbe: {tcpSocket: {port: 80}, exec: {command: [a]}}',
    [`${C}.readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type`],
  ],
  ['lifecycle: {preStop: {}}', [`${C}.lifecycle.preStop: Required value: must specify a handler type`]],
  [
    'lifecycle: {preStop: {sleep: {seconds: 31}}}',
    [
      `${C}.lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)`,
    ],
  ],
  [
    'securityContext: {runAsUser: -1}',
    [`${C}.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive`],
  ],
  [
    'restartPolicyRules: [{action: Restart}]',
    [
      `${C}.restartPolicy: Required value: must specify restartPolicy when restart rules are used`,
      `${C}.restartPolicyRules[0].exitCodes: Required value: must be specified`,
    ],
  ],
];

/** What is written into the spec, and what comes back. */
const SPEC: [string, string[]][] = [
  [
    'restartPolicy: Sometimes',
    ['spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"'],
  ],
  ['dnsPolicy: None', ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None']],
  [
    'activeDeadlineSeconds: 0',
    ['spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive'],
  ],
  ['nodeName: Shop', [`spec.nodeName: Invalid value: "Shop": ${SUBDOMAIN}`]],
  [
    'hostNetwork: true\nhostPID: true\nshareProcessNamespace: true',
    [
      'spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled',
    ],
  ],
  [
    'volumes: [{name: a, gcePersistentDisk: {pdName: a, partition: 300}}, {name: b, awsElasticBlockStore: {volumeID: b, partition: -1}}]',
    [
      'spec.volumes[0].persistentDisk.partition: Invalid value: 300: must be between 1 and 255, inclusive',
      'spec.volumes[1].awsElasticBlockStore.partition: Invalid value: -1: must be between 1 and 255, inclusive',
    ],
  ],
  ['volumes: [{name: a, emptyDir: {}}, {name: a, emptyDir: {}}]', ['spec.volumes[1].name: Duplicate value: "a"']],
  [
    'volumes: [{name: a, emptyDir: {}, hostPath: {path: /a}}]',
    ['spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type'],
  ],
  [
    'volumes: [{name: a, hostPath: {path: /a/../b}}]',
    ['spec.volumes[0].hostPath.path: Invalid value: "/a/../b": must not contain \'..\''],
  ],
  [
    'volumes: [{name: a, configMap: {name: c, defaultMode: 512}}]',
    [
      'spec.volumes[0].configMap.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive',
    ],
  ],
  [
    'tolerations: [{key: gpu, operator: Exists, value: "true"}]',
    ['spec.tolerations[0].operator: Invalid value: "true": value must be empty when `operator` is \'Exists\''],
  ],
  [
    'tolerations: [{key: a, effect: PerferNoSchedule}]',
    [
      'spec.tolerations[0].effect: Unsupported value: "PerferNoSchedule": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ],
  ],
  [
    'tolerations: [{value: a}]',
    [
      'spec.tolerations[0].operator: Invalid value: "": operator must be Exists when `key` is empty, which means "match all values and all keys"',
    ],
  ],
  [
    'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}',
    [
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term',
    ],
  ],
  [
    'topologySpreadConstraints: [{maxSkew: 0, topologyKey: zone, whenUnsatisfiable: Never}]',
    [
      'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
      'spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "Never": supported values: "DoNotSchedule", "ScheduleAnyway"',
    ],
  ],
  [
    'nodeSelector: {disk: ssd!}',
    [
      "spec.nodeSelector: Invalid value: \"ssd!\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
  ],
  [
    'resources: {limits: {cpu: 100m}, requests: {cpu: 50m}}\ninitContainers: [{name: i, image: a, resources: {requests: {cpu: 60m}}}]',
    [
      'spec.resources.requests[cpu]: Invalid value: "50m": must be greater than or equal to aggregate container requests of 60m',
    ],
  ],
  [
    'initContainers: [{name: app, image: a, readinessProbe: {tcpSocket: {port: 1}}}]',
    [
      'spec.initContainers[0].name: Duplicate value: "app"',
      'spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ],
  ],
  ['ephemeralContainers: [{name: e, image: a}]', ['spec.ephemeralContainers: Forbidden: cannot be set on create']],
  [
    'nodeName: n\nschedulingGates: [{name: a.com/b}]',
    ['spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared'],
  ],
];

describe('Pods that are refused', () => {
  test.each(CONTAINER)('container with %s', (change, complaints) => {
    expect(refusedCreate(world, pod('hostname: h', change))).toEqual(complaints);
  });

  test.each(SPEC)('spec with %s', (change, complaints) => {
    expect(refusedCreate(world, pod(change))).toEqual(complaints);
  });

  test('everything that is wrong is told at once', () => {
    const text = `
apiVersion: v1
kind: Pod
metadata: {name: P}
spec:
  restartPolicy: Sometimes
  containers:
  - {name: "", image: "", ports: [{containerPort: 0}], env: [{name: ""}]}`;
    expect(refusedCreate(world, text)).toEqual([
      `metadata.name: Invalid value: "P": ${SUBDOMAIN}`,
      'spec.containers[0].name: Required value',
      'spec.containers[0].image: Required value',
      'spec.containers[0].ports[0].containerPort: Required value',
      'spec.containers[0].env[0].name: Required value',
      'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
    ]);
  });

  test('no containers at all', () => {
    expect(refusedCreate(world, 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: []}')).toEqual([
      'spec.containers: Required value',
    ]);
  });
});
