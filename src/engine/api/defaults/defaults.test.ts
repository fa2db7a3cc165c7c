/** What the API server stores when little is given, field by field. */
import { describe, expect, test } from 'vitest';
import { bareWorld, stored } from '../../../testing/refusal';
import { decodeStrict } from '../decode';
import type { KubeObject } from '../meta';
import type { Deployment, Namespace, Node, Pod, PodSpec, ReplicaSet, Secret, Service } from '../types';
import { pullPolicyOf } from './container';
import { defaultPod } from './pod';
import { defaultPodTemplate } from './pod-template';

/** A Pod with its defaults but without admission, which adds tolerations and a token. */
function pod(spec: object): Pod {
  const { object } = decodeStrict({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec } as KubeObject);
  defaultPod(object);
  return object as Pod;
}

function container(fields: object, spec: object = {}) {
  return pod({ containers: [{ name: 'a', image: 'x:1', ...fields }], ...spec }).spec.containers[0]!;
}

const CONTAINER = {
  imagePullPolicy: 'IfNotPresent',
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};

describe('Pods', () => {
  test('the least that can be written', () => {
    expect(pod({ containers: [{ name: 'a', image: 'nginx' }] }).spec).toEqual({
      containers: [{ name: 'a', image: 'nginx', resources: {}, ...CONTAINER, imagePullPolicy: 'Always' }],
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      securityContext: {},
      schedulerName: 'default-scheduler',
      enableServiceLinks: true,
    });
  });

  test.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['nginx:1.7.9', 'IfNotPresent'],
    ['localhost:5000/nginx', 'Always'],
    ['registry.example.com:5000/team/nginx:latest', 'Always'],
    ['nginx@sha256:40790881bbe9ef4ae4ff7fe8b892498eecb7fe6dcc22661402f271e03f7de344', 'IfNotPresent'],
    ['nginx:latest@sha256:40790881bbe9ef4ae4ff7fe8b892498eecb7fe6dcc22661402f271e03f7de344', 'Always'],
    ['Nginx', 'IfNotPresent'],
    ['../up', 'IfNotPresent'],
    ['', 'IfNotPresent'],
  ])('%s is pulled %s', (image, policy) => {
    expect(pullPolicyOf(image)).toBe(policy);
  });

  test('ports, variables and probes', () => {
    const { ports, env, livenessProbe, readinessProbe } = container({
      ports: [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }],
      env: [
        { name: 'A', value: '' },
        { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'C', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
      ],
      livenessProbe: { httpGet: { port: 80 } },
      readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: 0, timeoutSeconds: 7 },
    });
    expect(ports?.map((port) => port.protocol)).toEqual(['TCP', 'UDP']);
    expect(env).toEqual([
      { name: 'A' },
      { name: 'B', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
      { name: 'C', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '0' } } },
    ]);
    const timing = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
    expect(livenessProbe).toEqual({ httpGet: { port: 80, path: '/', scheme: 'HTTP' }, ...timing });
    expect(readinessProbe).toEqual({ tcpSocket: { port: 80 }, ...timing, timeoutSeconds: 7 });
  });

  test('requests follow limits, in Pods but not in templates', () => {
    const resources = { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m' } };
    expect(container({ resources }).resources?.requests).toEqual({ cpu: '500m', memory: '1Gi' });
    const template = {
      metadata: {},
      spec: { containers: [{ name: 'a', image: 'x', resources: { limits: { cpu: '1' } } }] },
    };
    defaultPodTemplate(template);
    expect(template.spec.containers[0]?.resources).toEqual({ limits: { cpu: '1' } });
  });

  test('quantities are kept to thousandths', () => {
    const { resources } = container({ resources: { requests: { cpu: '0.0005', memory: '0.5Gi' } } });
    expect(resources?.requests).toEqual({ cpu: '1m', memory: '512Mi' });
  });

  test('requests of the whole Pod come from its containers, else from its limits', () => {
    const resources = { limits: { cpu: '2', memory: '1Gi' } };
    const busy = { name: 'a', image: 'x', resources: { requests: { cpu: '200m' } } };
    const init = { ...busy, name: 'i', resources: { requests: { cpu: '700m' } } };
    const { spec } = pod({ resources, containers: [busy, { ...busy, name: 'b' }], initContainers: [init] });
    expect(spec.resources?.requests).toEqual({ cpu: '700m', memory: '1Gi' });
  });

  test('on the network of the host, ports are ports of the host', () => {
    const ports = [{ containerPort: 80 }, { containerPort: 81, hostPort: 9 }];
    expect(container({ ports }, { hostNetwork: true }).ports?.map((port) => port.hostPort)).toEqual([80, 9]);
  });

  test('volumes', () => {
    const { volumes } = pod({
      containers: [],
      volumes: [
        { name: 'nothing' },
        { name: 'c', configMap: { name: 'c' } },
        { name: 's', secret: { secretName: 's', defaultMode: 256 } },
        { name: 'h', hostPath: { path: '/h' } },
        { name: 'p', projected: { sources: [{ serviceAccountToken: { path: 't' } }] } },
      ],
    }).spec;
    expect(volumes).toEqual([
      { name: 'nothing', emptyDir: {} },
      { name: 'c', configMap: { name: 'c', defaultMode: 420 } },
      { name: 's', secret: { secretName: 's', defaultMode: 256 } },
      { name: 'h', hostPath: { path: '/h', type: '' } },
      {
        name: 'p',
        projected: { defaultMode: 420, sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 3600 } }] },
      },
    ]);
  });

  test('what belongs to a gate that is off is dropped', () => {
    const sources = [
      { clusterTrustBundle: { name: 'a', path: 'a' } },
      { podCertificate: { signerName: 'a/b', keyType: 'ED25519', keyPath: 'k' } },
    ];
    const { spec } = pod({
      containers: [{ name: 'a', image: 'a', lifecycle: { stopSignal: 'SIGUSR1' } }],
      schedulingGroup: { podGroupName: 'g' },
      volumes: [{ name: 'p', projected: { sources } }],
    } as unknown as PodSpec);
    expect(spec.schedulingGroup).toBeUndefined();
    expect(spec.containers[0]?.lifecycle).toBeUndefined();
    expect(spec.volumes?.[0]?.projected?.sources).toEqual([{}, {}]);
  });

  test('the old name of the service account follows the new one', () => {
    const { spec } = pod({ containers: [], serviceAccount: 'shop' });
    expect([spec.serviceAccount, spec.serviceAccountName]).toEqual(['shop', 'shop']);
  });
});

describe('other kinds', () => {
  const template = '{metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: x}]}}';
  const selector = '{matchLabels: {app: web}}';

  test('a Deployment', () => {
    const text = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: ${selector}, template: ${template}}`;
    const { metadata, spec, status } = stored<Deployment>(bareWorld(), text);
    expect([metadata.generation, metadata.annotations, status]).toEqual([1, undefined, {}]);
    const { template: stamped, ...rest } = spec;
    expect(rest).toEqual({
      selector: { matchLabels: { app: 'web' } },
      replicas: 1,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
    expect(stamped.spec).toEqual({
      containers: [{ name: 'a', image: 'x', resources: {}, ...CONTAINER, imagePullPolicy: 'Always' }],
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      securityContext: {},
      schedulerName: 'default-scheduler',
    });
  });

  test('a Deployment that recreates has no rolling update', () => {
    const spec = `{strategy: {type: Recreate}, selector: ${selector}, template: ${template}}`;
    const web = stored<Deployment>(
      bareWorld(),
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: ${spec}`,
    );
    expect(web.spec.strategy).toEqual({ type: 'Recreate' });
  });

  test('a ReplicaSet', () => {
    const text = `apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: web}\nspec: {selector: ${selector}, template: ${template}}`;
    const { spec, status } = stored<ReplicaSet>(bareWorld(), text);
    expect([spec.replicas, status]).toEqual([1, { replicas: 0 }]);
  });

  test('a Service', () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}, {name: b, port: 81, targetPort: http}]}';
    const { spec } = stored<Service>(bareWorld(), text.replace('{port: 80}', '{name: a, port: 80}'));
    const { clusterIP, clusterIPs, ...rest } = spec;
    expect(clusterIPs).toEqual([clusterIP]);
    expect(rest).toEqual({
      ports: [
        { name: 'a', port: 80, protocol: 'TCP', targetPort: 80 },
        { name: 'b', port: 81, protocol: 'TCP', targetPort: 'http' },
      ],
      sessionAffinity: 'None',
      type: 'ClusterIP',
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    });
  });

  test('session affinity by address lasts three hours', () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {sessionAffinity: ClientIP, ports: [{port: 80}]}';
    const { spec } = stored<Service>(bareWorld(), text);
    expect(spec.sessionAffinityConfig).toEqual({ clientIP: { timeoutSeconds: 10800 } });
  });

  test('a Secret keeps plain texts encoded', () => {
    const text =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {b: Yg==, c: Yw==}\nstringData: {a: "ü€😀", b: new}';
    const secret = stored<Secret>(bareWorld(), text);
    expect(secret.type).toBe('Opaque');
    expect(secret.data).toEqual({ a: 'w7zigqzwn5iA', b: 'bmV3', c: 'Yw==' });
    expect(secret.stringData).toBeUndefined();
  });

  test('a Namespace is named by a label, and held by a finalizer', () => {
    const space = stored<Namespace>(
      bareWorld(),
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {a: b}}',
    );
    expect(space.metadata.labels).toEqual({ a: 'b', 'kubernetes.io/metadata.name': 'shop' });
    expect([space.spec, space.status]).toEqual([{ finalizers: ['kubernetes'] }, { phase: 'Active' }]);
  });

  test('a Node can allocate all it has', () => {
    const text =
      'apiVersion: v1\nkind: Node\nmetadata: {name: n}\nspec: {podCIDR: 10.1.0.0/24}\nstatus: {capacity: {cpu: 4, pods: 110}}';
    const node = stored<Node>(bareWorld(), text);
    expect(node.status.allocatable).toEqual({ cpu: '4', pods: '110' });
    expect(node.spec.podCIDRs).toEqual(['10.1.0.0/24']);
  });
});
