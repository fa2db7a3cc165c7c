/** What a chart's certificate Job makes, and whether it may. */
import { expect, test } from 'vitest';
import { createWorld, type World } from '../../testing/world';
import type { Job, Pod, Secret } from '../api/types';

const MAY = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: admission, namespace: default}
rules: [{apiGroups: [""], resources: [secrets], verbs: [get, create]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: admission, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: admission}
subjects: [{kind: ServiceAccount, name: admission, namespace: default}]
---`;

const chart = (image = 'registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.6.0'): string => `
apiVersion: v1
kind: ServiceAccount
metadata: {name: admission, namespace: default}
---
apiVersion: batch/v1
kind: Job
metadata: {name: create, namespace: default}
spec:
  template:
    spec:
      serviceAccountName: admission
      restartPolicy: OnFailure
      containers:
      - {name: create, image: "${image}", args: [create, "--host=c", "--namespace=$(POD_NAMESPACE)", --secret-name=hook]}
---
apiVersion: v1
kind: Pod
metadata: {name: controller, namespace: default}
spec:
  containers: [{name: c, image: "app:1", volumeMounts: [{name: cert, mountPath: /cert}]}]
  volumes: [{name: cert, secret: {secretName: hook}}]
---`;

function world(documents: string): World {
  const one = createWorld({ nodes: 1, documents });
  one.runFor(60_000);
  return one;
}
const phase = (one: World): string | undefined => one.get<Pod>('Pod', 'default', 'controller').status.phase;

test('a controller that mounts the certificates of its webhook starts once the Job has made them', () => {
  const one = world(MAY + chart());
  expect(Object.keys(one.get<Secret>('Secret', 'default', 'hook').data ?? {})).toEqual(['ca', 'cert', 'key']);
  expect(phase(one)).toBe('Running');
});

test.each([
  ['an account that may not make Secrets', chart()],
  ['any other program', MAY + chart('registry.k8s.io/other:v1')],
])('but not of %s', (_who, documents) => {
  const one = world(documents);
  expect(one.list('Secret')).toEqual([]);
  expect(phase(one)).toBe('Pending');
});

test('one that runs again leaves the Secret as it is, and says nothing', () => {
  const one = world(MAY + chart());
  const made = one.get<Secret>('Secret', 'default', 'hook');
  const { template } = one.get<Job>('Job', 'default', 'create').spec;
  const metadata = { name: 'again', namespace: 'default' };
  one.client.create({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata,
    spec: { template: { spec: template.spec } },
  } as Job);
  one.runFor(60_000);
  expect(one.get<Job>('Job', 'default', 'again').status?.succeeded).toBe(1);
  expect(one.get<Secret>('Secret', 'default', 'hook')).toEqual(made);
  expect(one.steps().filter(({ message }) => message.includes('made no Secret'))).toEqual([]);
});

/** A Pod of its own that runs as the account that may, with what is said of its container. */
const maker = (container: string, kind = 'containers'): string => `
apiVersion: v1
kind: ServiceAccount
metadata: {name: admission, namespace: default}
---
apiVersion: v1
kind: Pod
metadata: {name: maker, namespace: default}
spec:
  serviceAccountName: admission
  ${kind === 'containers' ? '' : 'containers: [{name: c, image: "redis:7"}]'}
  ${kind}: [{name: one, ${container}}]
---`;

test.each<[container: string, secrets: string, kind?: string]>([
  [
    'image: "quay.io/argoproj/argocd:v3.0.0", command: [argocd, admin, redis-initial-password]',
    'argocd-redis auth',
    'initContainers',
  ],
  [
    'image: "quay.io/argoproj/argocd:v3.0.0", args: [/usr/local/bin/argocd-server]',
    'argocd-initial-admin-secret password',
  ],
  ['image: "quay.io/argoproj/argocd:v3.0.0", args: [/usr/local/bin/argocd-repo-server]', ''],
  [
    'image: "quay.io/metallb/controller:v0.15.2", env: [{name: METALLB_ML_SECRET_NAME, value: memberlist}]',
    'memberlist secretkey',
  ],
  [
    'image: "ghcr.io/kedacore/keda:2.17.0", args: [--leader-elect, --enable-cert-rotation=true]',
    'kedaorg-certs ca.key,ca.crt,tls.crt,tls.key',
  ],
  [
    'image: "ghcr.io/projectcontour/contour:v1.33.0", command: [contour, certgen, --kube]',
    'contourcert ca.crt,tls.crt,tls.key; envoycert ca.crt,tls.crt,tls.key',
    'initContainers',
  ],
])('%s makes %s', (container, secrets, kind) => {
  const made = world(MAY + maker(container, kind)).list('Secret') as Secret[];
  const told = made.map(({ metadata, data = {} }) => `${metadata.name} ${Object.keys(data)}`);
  expect(told.join('; ')).toBe(secrets);
});

test('istiod makes the root certificate that gateways mount, in every namespace', () => {
  const image = 'image: "docker.io/istio/pilot:1.25.0", args: [discovery, --monitoringAddr=:15014]';
  const made = (rights: string) =>
    world(rights + maker(image))
      .list('ConfigMap')
      .filter(({ metadata }) => metadata.name === 'istio-ca-root-cert')
      .map(({ metadata }) => metadata.namespace);
  expect(made('')).toEqual([]);
  expect(made(MAY_ALL)).toEqual(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
});

const MAY_ALL = `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: admission}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: admission, namespace: default}]
---`;
