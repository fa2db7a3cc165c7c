import { expect, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const podOf = (name: string, rest: string): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  securityContext: {${rest}}
  containers:
  - {name: a, image: 'registry.k8s.io/e2e-test-images/agnhost:2.45', command: [sh, -c, sleep 1h]}
`;

test('groups that an image has its user in are merged with those of the Pod, unless its policy is strict', () => {
  const asked = 'runAsUser: 1000, runAsGroup: 3000, supplementalGroups: [4000]';
  const pods = [
    podOf('merged', asked),
    podOf('strict', `${asked}, supplementalGroupsPolicy: Strict`),
    podOf('unknown', asked.replace('1000', '1001')),
    podOf('its-own', 'runAsUser: 1000'),
  ];
  const { world, run } = createTerminal({ documents: pods.join('---\n') });
  world.runUntil(10_000);
  const groupsIn = (name: string): string => run(`exec ${name} -- id`).stdout.trim();
  expect(groupsIn('merged')).toBe('uid=1000 gid=3000 groups=3000,4000,50000');
  expect(groupsIn('strict')).toBe('uid=1000 gid=3000 groups=3000,4000');
  expect(groupsIn('unknown')).toBe('uid=1001 gid=3000 groups=3000,4000');
  expect(groupsIn('its-own')).toBe('uid=1000 gid=1000 groups=1000,50000');
  const told = run("get pod merged -o jsonpath='{.status.containerStatuses[0].user.linux}'").stdout;
  expect(JSON.parse(told)).toEqual({ uid: 1000, gid: 3000, supplementalGroups: [3000, 4000, 50_000] });
  expect(run('exec merged -- grep defined /etc/group').stdout).toBe(
    'user-defined-in-image:x:1000:\ngroup-defined-in-image:x:50000:user-defined-in-image\n',
  );
});
