/** What is accepted with a warning, and what a real API server of 1.36.3 says of it (recorded). */
import { expect, test } from 'vitest';
import { createTerminal } from '../testing/terminal';

const RECORDED: readonly [string, readonly string[]][] = [
  [
    `apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {replicas: 0, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 80}, {containerPort: 80}]}]}}}`,
    [
      'spec.template.spec.containers[0].ports[1]: duplicate port definition with spec.template.spec.containers[0].ports[0]',
    ],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: i, ports: [{containerPort: 80, hostPort: 80}, {containerPort: 80}]}]}`,
    ['spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]'],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: i, ports: [{containerPort: 80}, {containerPort: 80}]}]}`,
    ['spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]'],
  ],
  [
    `apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {replicas: 0, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 80, hostPort: 80}, {containerPort: 80}]}]}}}`,
    [
      'spec.template.spec.containers[0].ports[1]: overlapping port definition with spec.template.spec.containers[0].ports[0]',
    ],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: i, ports: [{containerPort: 80, hostPort: 80}, {containerPort: 80, hostPort: 80, hostIP: 1.2.3.4}]}]}`,
    ['spec.containers[0].ports[1]: dangerously ambiguous port definition with spec.containers[0].ports[0]'],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: i, ports: [{containerPort: 80, hostIP: 1.2.3.4}]}]}`,
    [
      'spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:1.2.3.4}',
    ],
  ],
  [
    `apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {replicas: 0, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 80, hostIP: 1.2.3.4}]}]}}}`,
    [
      'spec.template.spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:1.2.3.4}',
    ],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: a, image: i, ports: [{name: http, containerPort: 80}]}, {name: b, image: i, ports: [{name: http, containerPort: 81}]}]}`,
    [
      'spec.containers[1].ports[0]: duplicate port name "http" with spec.containers[0].ports[0], services and probes that select ports by name will use spec.containers[0].ports[0]',
    ],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: i, env: [{name: A, value: x}, {name: A, value: "$(A)"}]}]}`,
    ['spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply'],
  ],
  [
    `apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {replicas: 0, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, env: [{name: A, value: x}, {name: A, value: "$(A)"}]}]}}}`,
    [
      'spec.template.spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
    ],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: i, env: [{name: A, value: x}, {name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]}]}`,
    ['spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply'],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: i, resources: {requests: {memory: 400m, ephemeral-storage: 100m}, limits: {memory: "1.5"}}}]}`,
    [
      'spec.containers[0].resources.limits[memory]: fractional byte value "1500m" is invalid, must be an integer',
      'spec.containers[0].resources.requests[memory]: fractional byte value "400m" is invalid, must be an integer',
      'spec.containers[0].resources.requests[ephemeral-storage]: fractional byte value "100m" is invalid, must be an integer',
    ],
  ],
  [
    `apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {replicas: 0, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {terminationGracePeriodSeconds: -1, containers: [{name: c, image: i}]}}}`,
    [
      'spec.template.spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1',
    ],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: beta.kubernetes.io/arch, operator: Exists}]}]}, preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: {matchExpressions: [{key: node-role.kubernetes.io/master, operator: In, values: ["-bad-"]}]}}]}}, containers: [{name: c, image: i}]}`,
    [
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].key: beta.kubernetes.io/arch is deprecated since v1.14; use "kubernetes.io/arch" instead',
      'spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].key: node-role.kubernetes.io/master is use "node-role.kubernetes.io/control-plane" instead',
      "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].values[0]: -bad- is invalid, a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: failure-domain.beta.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule}], containers: [{name: c, image: i}]}`,
    [
      'spec.topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
      'spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod',
    ],
  ],
  [
    `apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {replicas: 0, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: failure-domain.beta.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule}], containers: [{name: c, image: i}]}}}`,
    [
      'spec.template.spec.topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
      'spec.template.spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod',
    ],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a}], preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: b}}]}, podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a}]}}, containers: [{name: c, image: i}]}`,
    [
      'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod',
      'spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector: a null labelSelector results in matching no pod',
      'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod',
    ],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {hostAliases: [{ip: 1.2.3.4, hostnames: [a]}, {ip: 1.2.3.4, hostnames: [b]}], imagePullSecrets: [{name: a}, {name: a}, {name: ""}], containers: [{name: c, image: i}]}`,
    [
      'spec.hostAliases[1].ip: duplicate ip "1.2.3.4"',
      'spec.imagePullSecrets[1].name: duplicate name "a"',
      'spec.imagePullSecrets[2].name: invalid empty name ""',
    ],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {volumes: [{name: a, gitRepo: {repository: x}}, {name: b, glusterfs: {endpoints: e, path: p}}, {name: d, rbd: {monitors: [a], image: i}}, {name: e, cephfs: {monitors: [a]}}, {name: f, storageos: {volumeName: x}}], containers: [{name: c, image: i}]}`,
    [
      'spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+',
      'spec.volumes[1].glusterfs: deprecated in v1.25, non-functional in v1.26+',
      'spec.volumes[2].rbd: deprecated in v1.28, non-functional in v1.31+',
      'spec.volumes[3].cephfs: deprecated in v1.28, non-functional in v1.31+',
      'spec.volumes[4].storageOS: deprecated in v1.22, non-functional in v1.25+',
    ],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {dnsConfig: {nameservers: ["2001:DB8::1"]}, hostAliases: [{ip: "2001:0db8::1", hostnames: [a]}], containers: [{name: c, image: i}]}`,
    [
      'spec.dnsConfig.nameservers[0]: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")',
      'spec.hostAliases[0].ip: IPv6 address "2001:0db8::1" should be in RFC 5952 canonical format ("2001:db8::1")',
    ],
  ],
  [
    `apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {replicas: 0, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {overhead: {memory: 100m}, containers: [{name: c, image: i}]}}}`,
    ['spec.template.spec.overhead[memory]: fractional byte value "100m" is invalid, must be an integer'],
  ],
  [
    `apiVersion: v1
kind: Pod
metadata: {name: a.b}
spec: {containers: [{name: c, image: i}]}`,
    [
      "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
    ],
  ],
  [
    `apiVersion: v1
kind: Service
metadata: {name: s}
spec: {ports: [{port: 80}], externalIPs: [1.2.3.4]}`,
    ['spec.externalIPs is deprecated and may no longer be implemented in some clusters'],
  ],
  [
    `apiVersion: v1
kind: Service
metadata: {name: s}
spec: {type: ExternalName, externalName: a.b, externalIPs: [1.2.3.4]}`,
    ['spec.externalIPs is ignored when spec.type is "ExternalName"'],
  ],
  [
    `apiVersion: v1
kind: Service
metadata: {name: s}
spec: {clusterIP: None, ports: [{port: 80}], externalIPs: [1.2.3.4], sessionAffinity: ClientIP}`,
    ['spec.externalIPs is ignored for headless services', 'spec.SessionAffinity is ignored for headless services'],
  ],
  [
    `apiVersion: v1
kind: Service
metadata: {name: s}
spec: {ports: [{port: 80}], externalName: a.b}`,
    ['spec.externalName is ignored when spec.type is not "ExternalName"'],
  ],
  [
    `apiVersion: v1
kind: Service
metadata: {name: s}
spec: {type: LoadBalancer, ports: [{port: 80}], loadBalancerIP: "2001:DB8::1", loadBalancerSourceRanges: ["2001:DB8::/32"]}`,
    [
      'spec.loadBalancerIP: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")',
      'spec.loadBalancerSourceRanges[0]: IPv6 CIDR value "2001:DB8::/32" should be in RFC 5952 canonical format ("2001:db8::/32")',
    ],
  ],
  [
    `apiVersion: v1
kind: Secret
metadata: {name: t}
type: kubernetes.io/tls
data: {tls.crt: YQ==, tls.key: YQ==}`,
    ['tls: failed to find any PEM data in certificate input'],
  ],
  [
    `apiVersion: v1
kind: Service
metadata: {name: s}
spec: {ports: [{port: 80}], externalIPs: ["2001:0db8::1"]}`,
    [
      'spec.externalIPs[0]: IPv6 address "2001:0db8::1" should be in RFC 5952 canonical format ("2001:db8::1")',
      'spec.externalIPs is deprecated and may no longer be implemented in some clusters',
    ],
  ],
  [
    `apiVersion: v1
kind: Service
metadata: {name: s, annotations: {service.kubernetes.io/topology-aware-hints: auto}}
spec: {ports: [{port: 80}]}`,
    [
      'annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead',
    ],
  ],
  [
    `apiVersion: v1
kind: Service
metadata: {name: s}
spec: {ports: [{port: 80}], trafficDistribution: PreferClose}`,
    ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"'],
  ],
  [
    `apiVersion: v1
kind: ServiceAccount
metadata: {name: t, annotations: {kubernetes.io/enforce-mountable-secrets: "true"}}`,
    [
      'metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets',
    ],
  ],
  [
    `apiVersion: v1
kind: Node
metadata: {name: t}
spec: {externalID: x, podCIDR: "2001:DB8::/64", podCIDRs: ["2001:DB8::/64"]}`,
    [
      'spec.externalID: this field is deprecated, and is unused by Kubernetes',
      'spec.podCIDRs[0]: IPv6 CIDR value "2001:DB8::/64" should be in RFC 5952 canonical format ("2001:db8::/64")',
    ],
  ],
  [
    `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: t}
addressType: FQDN
endpoints: [{addresses: [a.b]}]`,
    ['spec.addressType: FQDN endpoints are deprecated'],
  ],
  [
    `apiVersion: v1
kind: ConfigMap
metadata: {name: o, ownerReferences: [{apiVersion: v1, kind: Pod, name: a, uid: u}, {apiVersion: v1, kind: Pod, name: a, uid: u}]}`,
    [
      '.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: u',
    ],
  ],
];

test.each(RECORDED)('%s', (manifest, warnings) => {
  const terminal = createTerminal({ nodes: 0 });
  terminal.world.runFor(1_000);
  const { stderr, code } = terminal.run('create --dry-run=server -f -', manifest);
  expect(stderr.trimEnd().split('\n')).toEqual(warnings.map((warning) => `Warning: ${warning}`));
  expect(code).toBe(0);
});

const POD = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: i}]}
`;
const VIOLATIONS =
  'allowPrivilegeEscalation != false (container "c" must set securityContext.allowPrivilegeEscalation=false), ' +
  'unrestricted capabilities (container "c" must set securityContext.capabilities.drop=["ALL"]), ' +
  'runAsNonRoot != true (pod or container "c" must set securityContext.runAsNonRoot=true), ' +
  'seccompProfile (pod or container "c" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';

test('a namespace that warns says what of a Pod goes beyond its level, and a stricter level which Pods are there already', () => {
  const terminal = createTerminal({ nodes: 0 });
  terminal.world.runFor(1_000);
  terminal.run('create namespace w');
  terminal.run('label namespace w pod-security.kubernetes.io/warn=restricted');
  const created = terminal.run('create -n w -f -', POD);
  expect(created.stderr).toBe(`Warning: would violate PodSecurity "restricted:latest": ${VIOLATIONS}\n`);
  expect(terminal.run('annotate -n w pod/p a=b').stderr).toBe('');
  const reasons = VIOLATIONS.replace(/ \([^)]*\)/g, '');
  expect(terminal.run('label namespace w pod-security.kubernetes.io/enforce=restricted').stderr).toBe(
    `Warning: existing pods in namespace "w" violate the new PodSecurity enforce level "restricted:latest"\nWarning: p: ${reasons}\n`,
  );
  expect(terminal.run('label namespace w pod-security.kubernetes.io/enforce=baseline --overwrite').stderr).toBe('');
});

test('unknown fields are refused, told or dropped, as --validate asks; warnings can be errors', () => {
  const terminal = createTerminal({ nodes: 0 });
  terminal.world.runFor(1_000);
  const typo = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: t, foo: 1}\nbar: 2\n';
  const create = (flags: string) => terminal.run(`create --dry-run=server ${flags} -f -`, typo);
  const told = 'Warning: unknown field "bar"\nWarning: unknown field "metadata.foo"\n';
  expect(create('').stderr).toContain('strict decoding error: unknown field "bar", unknown field "metadata.foo"');
  expect(create('--validate=warn')).toMatchObject({ code: 0, stderr: told });
  expect(create('--validate=ignore')).toMatchObject({ code: 0, stderr: '' });
  expect(create('--validate=warn --warnings-as-errors')).toMatchObject({
    code: 1,
    stderr: `${told}error: 2 warnings received\n`,
  });
  expect(create('--validate=nope').stderr).toBe(
    'error: invalid - validate option "nope"; must be one of: strict (or true), warn, ignore (or false)\n',
  );
});

test('whoever is impersonated needs a name', () => {
  const terminal = createTerminal({ nodes: 0 });
  terminal.world.runFor(1_000);
  expect(terminal.run('get namespace default -o name --as=jane --as-group=system:masters').stdout).toBe(
    'namespace/default\n',
  );
  expect(terminal.run('get namespace default --as-group=dev').stderr).toBe(
    'error: requesting uid, groups or user-extra for u without impersonating a user\n',
  );
});
