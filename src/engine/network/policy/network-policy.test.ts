import { expect, test } from 'vitest';
import { createNetworkWorld } from '../../../testing/network-world';

const pod = (name: string, image = 'nginx', more = ''): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec: {containers: [{name: c, image: ${image}, ${more}ports: [{name: http, containerPort: 80}]}]}
---
`;

const BASE = `${pod('web')}${pod('friend', 'busybox', 'command: [sleep, "9999"], ')}${pod('stranger', 'busybox', 'command: [sleep, "9999"], ')}apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30001}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: policy}
spec: `;

const INGRESS =
  '{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: friend}}}], ports: [{port: http}]}]}';
const DENY_ALL = '{podSelector: {}, policyTypes: [Ingress]}';
const EGRESS =
  '{podSelector: {matchLabels: {app: friend}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: web}}}]}]}';
const WITH_DNS =
  '{podSelector: {matchLabels: {app: friend}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: web}}}]}, {ports: [{port: 53, protocol: UDP}]}]}';
const OTHER_NAMESPACE = '{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}}]}]}';
const BLOCK = '{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.7/32]}}]}]}';

test.each([
  ['let in by label and named port', INGRESS, 'friend', 200],
  ['kept out by label', INGRESS, 'stranger', 'timeout'],
  ['kept out from outside', INGRESS, undefined, 'timeout'],
  ['nothing listed', DENY_ALL, 'friend', 'timeout'],
  ['let out to the Pod, not to DNS', EGRESS, 'friend', 'dns'],
  ['let out to both', WITH_DNS, 'friend', 200],
  ['others are let out', EGRESS, 'stranger', 200],
  ['another namespace', OTHER_NAMESPACE, 'friend', 'timeout'],
  ['an address block', BLOCK, undefined, 200],
  ['nothing keeps a Pod from itself', DENY_ALL, 'web', 200],
])('%s', (_what, policy, from, result) => {
  const world = createNetworkWorld({
    documents: `${BASE}${policy}\n`,
    flags: { 'network-plugin': { 'enforces-network-policy': true } },
  });
  world.runUntil(10_000);
  const asked = from === undefined ? { port: 30001 } : { host: 'web', source: world.pod(from) };
  const { failure, status } = world.send(asked);
  expect(failure ?? status).toBe(result);
});

test('nobody obeys where the network plugin does not enforce them', () => {
  const world = createNetworkWorld({ documents: `${BASE}${DENY_ALL}\n` });
  world.runUntil(10_000);
  expect(world.send({ host: 'web', source: world.pod('stranger') }).status).toBe(200);
});

const FROM_NAMESPACE = (name: string): string =>
  `{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ${name}}}, podSelector: {matchLabels: {app.kubernetes.io/name: ingress-nginx}}}]}]}`;
const BEHIND_INGRESS = `---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  rules: [{host: web.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
`;
const OWN_CONTROLLER = `---
apiVersion: v1
kind: Namespace
metadata: {name: edge}
---
apiVersion: v1
kind: Pod
metadata: {name: controller, namespace: edge, labels: {app.kubernetes.io/name: ingress-nginx}}
spec: {containers: [{name: c, image: registry.k8s.io/ingress-nginx/controller:v1.13.0}]}
`;

test.each([
  ['that nobody lets in', DENY_ALL, '', 504],
  ['let in by the namespace and label of its chart', FROM_NAMESPACE('ingress-nginx'), '', 200],
  ['let in from another namespace only', FROM_NAMESPACE('edge'), '', 504],
  ['whose own Pod is in that namespace', FROM_NAMESPACE('edge'), OWN_CONTROLLER, 200],
])('an Ingress controller %s', (_what, policy, more, status) => {
  const world = createNetworkWorld({
    documents: `${BASE}${policy}\n${BEHIND_INGRESS}${more}`,
    flags: { 'network-plugin': { 'enforces-network-policy': true } },
  });
  world.runUntil(20_000);
  const outcome = world.send({ host: 'web.example', timeoutMs: 60_000 });
  expect(outcome.status).toBe(status);
  if (status === 504) expect(outcome.because).toContain('lets nothing in from ingress-nginx');
});
