import { describe, expect, it } from 'vitest';
import { KNOWN_CONTROLLERS, namesOf } from '../engine/api/ingress-controllers';
import { validateText } from './validate';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: main
        image: shop:1
`;

/** `line: message` of everything found. */
const found = (text: string): string[] => validateText(text).map(({ line, message }) => `${line}: ${message}`);

describe('validateText', () => {
  it('finds nothing wrong with what is right', () => {
    expect(found(WEB)).toEqual([]);
    expect(found('')).toEqual([]);
    expect(found('# nothing yet\n')).toEqual([]);
  });

  it('leaves out nulls as apply does before it creates an object, and so agrees with a run', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, foo: , labels: {x: }}\ndata: {"bad key": , l: m}\n';
    expect(found(text)).toEqual([]);
    expect(found(text.replace('foo: ,', 'foo: 1,'))).toEqual(['3: ConfigMap a: unknown field "metadata.foo"']);
  });

  it('refuses what only apply refuses: a generated name, and annotations that are too long with its own', () => {
    expect(found('apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a-}\n')).toEqual([
      '3: ConfigMap: from a-: cannot use generate name with apply',
    ]);
    const long = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {b: "${'x'.repeat(262_144)}"}\n`;
    expect(found(long)).toEqual(['3: ConfigMap a: metadata.annotations: Too long: may not be more than 262144 bytes']);
  });

  it.each<[string, string, string, number, string]>([
    [
      'a negative count',
      'replicas: 2',
      'replicas: -2',
      6,
      'Deployment web: spec.replicas: Invalid value: -2: must be greater than or equal to 0',
    ],
    [
      'a selector that misses the template',
      '        app: web\n    spec',
      '        app: shop\n    spec',
      12,
      'Deployment web: spec.template.metadata.labels: Invalid value: {"app":"shop"}: `selector` does not match template `labels`',
    ],
    [
      'no image',
      '        image: shop:1\n',
      '',
      16,
      'Deployment web: spec.template.spec.containers[0].image: Required value',
    ],
    ['a name with capitals', 'name: web', 'name: Web', 4, 'Deployment Web: metadata.name: Invalid value: "Web"'],
    ['an unknown field', 'replicas: 2', 'replica: 2', 6, 'Deployment web: unknown field "spec.replica"'],
    ['a wrong type', 'replicas: 2', 'replicas: two', 6, 'Deployment web: '],
    [
      'an unknown kind',
      'kind: Deployment',
      'kind: Deploymnet',
      2,
      'Deploymnet web: no matches for kind "Deploymnet" in version "apps/v1"',
    ],
    [
      'a wrong version',
      'apps/v1',
      'v1',
      2,
      'Deployment web: no matches for kind "Deployment" in version "v1" (kubestep: Kubernetes 1.36 serves it as apps/v1)',
    ],
    [
      'a missing namespace',
      '  name: web\n',
      '  name: web\n  namespace: nowhere\n',
      1,
      'Deployment web: namespaces "nowhere" not found',
    ],
  ])('%s', (_what, from, to, line, message) => {
    const lines = found(WEB.replace(from, to));
    expect(lines.join('\n')).toContain(`${line}: ${message}`);
  });

  it('finds all that is wrong, in order of place', () => {
    const text = `${WEB.replace('replicas: 2', 'replicas: -2').replace('shop:1', "''")}---\n${WEB.replace('name: web', 'name: Second')}`;
    const lines = validateText(text).map(({ line }) => line);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(new Set(lines)).toEqual(new Set([6, 17, 22]));
  });

  it('takes a namespace that comes earlier in the stream', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\n';
    expect(found(namespace + WEB.replace('  name: web\n', '  name: web\n  namespace: shop\n'))).toEqual([]);
  });

  it('lets an object come twice, as apply does', () => {
    expect(found(`${WEB}---\n${WEB.replace('replicas: 2', 'replicas: 3')}`)).toEqual([]);
  });

  it('says of kinds that exist in Kubernetes but not here that it is so', () => {
    const [line] = found(
      'apiVersion: certificates.k8s.io/v1\nkind: CertificateSigningRequest\nmetadata:\n  name: once\nspec: {}\n',
    );
    expect(line).toMatch(
      /^2: CertificateSigningRequest once: no matches for kind "CertificateSigningRequest" in version "certificates.k8s.io\/v1" \(.+\)$/,
    );
  });

  it('takes what is served in another version than the preferred one, and checks it as that', () => {
    const autoscaler = (max: string) => `apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  maxReplicas: ${max}
  targetCPUUtilizationPercentage: 50
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
`;
    expect(found(autoscaler('5'))).toEqual([]);
    expect(found(autoscaler('5\n  metrics: []'))).toEqual([
      '6: HorizontalPodAutoscaler web: unknown field "spec.metrics"',
    ]);
    expect(found(autoscaler('0'))[0]).toMatch(/^5: HorizontalPodAutoscaler web: spec.maxReplicas: /);
    expect(found('apiVersion: autoscaling/v2beta2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\n')).toEqual([
      expect.stringContaining('Kubernetes 1.36 serves it as autoscaling/v2'),
    ]);
  });

  it.each([
    ['networking.k8s.io/v1beta1', 'Ingress', 'kubestep: Kubernetes 1.36 serves it as networking.k8s.io/v1'],
    ['policy/v1beta1', 'PodSecurityPolicy', 'label a Namespace with pod-security.kubernetes.io/enforce'],
    ['kustomize.config.k8s.io/v1beta1', 'Kustomization', 'paste what `kubectl kustomize` prints of it'],
    ['kubeadm.k8s.io/v1beta4', 'ClusterConfiguration', 'the configuration of a program is no object of the API'],
    ['kind.x-k8s.io/v1alpha4', 'Cluster', 'the configuration of a program is no object of the API'],
    ['v1', 'Config', 'the configuration of a program is no object of the API'],
    ['monitoring.coreos.com/v1', 'ServiceMonitor', '(ensure CRDs are installed first)'],
    ['apps/v1', 'Deploymnet', 'in version "apps/v1"'],
  ])('says what to write in place of %s %s', (apiVersion, kind, instead) => {
    const [line = ''] = found(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n`);
    expect(line).toContain(instead);
    expect(line.endsWith(')')).toBe(kind !== 'Deploymnet');
  });

  it('reports broken YAML with its line', () => {
    expect(found(`${WEB}---\na: [1\nb: 2\n`)[0]).toMatch(/^(19|20|21): /);
  });
});

describe('the class of an Ingress controller', () => {
  const scenario = (name: string): string =>
    `apiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nmetadata: {name: a}\nspec:\n  components:\n    ingress-controller:\n      controller-class: ${name}\n`;
  it.each(KNOWN_CONTROLLERS.flatMap(namesOf))('is one that is simulated: %s', (name) =>
    expect(found(scenario(name))).toEqual([]),
  );
  it.each(['haproxy-ingress.github.io/controller', 'treafik'])('is no other: %s', (name) =>
    expect(found(scenario(name))).toEqual([expect.stringMatching(/^7: .*controller-class: must be one of nginx, /)]),
  );
});
