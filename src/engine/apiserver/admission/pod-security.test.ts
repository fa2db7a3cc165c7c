import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../testing/world';
import type { KubeObject } from '../../api/meta';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

function worldWith(labels: Record<string, string>): World {
  const world = createWorld({ nodes: 0 });
  world.runFor(1);
  world.client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
  return world;
}

const pod = (spec: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'shop' },
  spec: { containers: [{ name: 'app', image: 'nginx' }], ...spec },
});

const withContext = (securityContext: object) => ({ containers: [{ name: 'app', image: 'nginx', securityContext }] });

const SAFE = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

describe('PodSecurity', () => {
  it.each<[string, object, string]>([
    [
      'the namespaces and ports of the host',
      {
        hostNetwork: true,
        hostPID: true,
        volumes: [{ name: 'root', hostPath: { path: '/' } }],
        containers: [
          {
            name: 'app',
            image: 'nginx',
            ports: [{ containerPort: 80, hostPort: 80 }],
            securityContext: { capabilities: { add: ['NET_ADMIN', 'SYS_TIME'] } },
          },
        ],
      },
      'non-default capabilities (container "app" must not include "NET_ADMIN", "SYS_TIME" in securityContext.capabilities.add), host namespaces (hostNetwork=true, hostPID=true), hostPath volumes (volume "root"), hostPort (container "app" uses hostPort 80)',
    ],
    [
      'privilege',
      withContext({ privileged: true }),
      'privileged (container "app" must not set securityContext.privileged=true)',
    ],
    [
      'a bare seccomp profile',
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      'seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")',
    ],
    [
      'a dangerous sysctl',
      { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } },
      'forbidden sysctls (kernel.msgmax)',
    ],
    [
      'a type of SELinux',
      withContext({ seLinuxOptions: { type: 'spc_t', role: 'r' } }),
      'seLinuxOptions (container "app" set forbidden securityContext.seLinuxOptions: type "spc_t"; role may not be set)',
    ],
    [
      'hosts of probes and handlers',
      {
        containers: [
          { name: 'b', image: 'x', livenessProbe: { httpGet: { host: 'h2', port: 80 } } },
          { name: 'a', image: 'x', lifecycle: { preStop: { httpGet: { host: 'h1', port: 80 } } } },
        ],
      },
      'probe or lifecycle host (containers "a", "b" use probe or lifecycle hosts "h1", "h2")',
    ],
    [
      'no AppArmor',
      withContext({ appArmorProfile: { type: 'Unconfined' } }),
      'forbidden AppArmor profile (container "app" must not set AppArmor profile type to "Unconfined")',
    ],
  ])('baseline refuses %s', (_name, spec, why) => {
    const world = worldWith({ [ENFORCE]: 'baseline' });
    expect(() => world.client.create(pod(spec))).toThrow(
      `pods "p" is forbidden: violates PodSecurity "baseline:latest": ${why}`,
    );
  });

  it('baseline accepts an ordinary Pod', () => {
    const world = worldWith({ [ENFORCE]: 'baseline' });
    expect(world.client.create(pod({})).metadata.name).toBe('p');
  });

  it('reads the annotations of AppArmor', () => {
    const world = worldWith({ [ENFORCE]: 'baseline' });
    const wanted = pod({});
    const annotations = { 'container.apparmor.security.beta.kubernetes.io/app': 'unconfined' };
    expect(() => world.client.create({ ...wanted, metadata: { ...wanted.metadata, annotations } })).toThrow(
      'forbidden AppArmor profiles (container "app" and annotation must not set AppArmor profile type to "Unconfined", "container.apparmor.security.beta.kubernetes.io/app="unconfined"")',
    );
  });

  it.each<[string, string, object, boolean]>([
    ['baseline', 'v1.34', { procMount: 'Unmasked' }, false],
    ['baseline', 'v1.35', { procMount: 'Unmasked' }, true],
    ['restricted', 'latest', { ...SAFE, procMount: 'Unmasked' }, false],
    ['restricted', 'v1.34', { ...SAFE, runAsUser: 0 }, false],
    ['restricted', 'v1.36', { ...SAFE, runAsUser: 0, runAsNonRoot: undefined }, true],
  ])('a user namespace relaxes %s:%s for %j: %s', (level, version, context, isLetIn) => {
    const world = worldWith({ [ENFORCE]: level, [`${ENFORCE}-version`]: version });
    const create = () => world.client.create(pod({ ...withContext(context), hostUsers: false }));
    if (isLetIn) expect(create().metadata.name).toBe('p');
    else expect(create).toThrow(/violates PodSecurity/);
  });

  it('restricted tells everything that is missing, baseline first', () => {
    const world = worldWith({ [ENFORCE]: 'restricted' });
    const containers = [
      { name: 'app', image: 'nginx' },
      { name: 'side', image: 'nginx', securityContext: { privileged: true } },
    ];
    expect(() => world.client.create(pod({ containers }))).toThrow(
      'pods "p" is forbidden: violates PodSecurity "restricted:latest": privileged (container "side" must not set securityContext.privileged=true), allowPrivilegeEscalation != false (containers "app", "side" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (containers "app", "side" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or containers "app", "side" must set securityContext.runAsNonRoot=true), seccompProfile (pod or containers "app", "side" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    );
  });

  it.each<[string, object, string]>([
    [
      'volumes of the host',
      { ...withContext(SAFE), volumes: [{ name: 'v', hostPath: { path: '/' } }] },
      'restricted volume types (volume "v" uses restricted volume type "hostPath")',
    ],
    [
      'root by number',
      withContext({ ...SAFE, runAsUser: 0 }),
      'runAsUser=0 (container "app" must not set runAsUser=0)',
    ],
    [
      'root by choice',
      { ...withContext(SAFE), securityContext: { runAsNonRoot: false } },
      'runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)',
    ],
    [
      'capabilities beyond the one',
      withContext({ ...SAFE, capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
      'unrestricted capabilities (container "app" must not include "CHOWN" in securityContext.capabilities.add)',
    ],
  ])('restricted refuses %s, at the version the label names', (_name, spec, why) => {
    const world = worldWith({ [ENFORCE]: 'restricted', [`${ENFORCE}-version`]: 'v1.36' });
    expect(() => world.client.create(pod(spec))).toThrow(
      `pods "p" is forbidden: violates PodSecurity "restricted:v1.36": ${why}`,
    );
  });

  it('restricted accepts a Pod that gives up all it may', () => {
    const world = worldWith({ [ENFORCE]: 'restricted' });
    expect(world.client.create(pod(withContext(SAFE))).metadata.name).toBe('p');
  });

  it('refuses labels that mean nothing', () => {
    expect(() => worldWith({ [ENFORCE]: 'strict', [`${ENFORCE}-version`]: '1.36' })).toThrow(
      `Namespace "shop" is invalid: [metadata.labels[${ENFORCE}]: Invalid value: "strict": must be one of privileged, baseline, restricted, metadata.labels[${ENFORCE}-version]: Invalid value: "1.36": must be "latest" or "v1.x"]`,
    );
  });
});
