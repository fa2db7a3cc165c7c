/** A node that runs out of entries of its file system, though not of room. */
import { expect, test } from 'vitest';
import { createWorld } from '../../../testing/world';
import type { CoreEvent, Node, Pod } from '../../api/types';

const writing = (where: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: many}
spec:
  restartPolicy: Never
  volumes: [{name: d, emptyDir: {}}]
  containers:
  - name: app
    image: busybox:1.36
    command: [sh, -c, 'i=0; while [ $i -lt 600 ]; do touch ${where}/f$i; i=$((i+1)); done; sleep 3600']
    volumeMounts: [{name: d, mountPath: /data}]
`;

/** 16 MiB are 1,024 of them. */
const capacity = { cpu: '4', memory: '8Gi', pods: '110', 'ephemeral-storage': '16Mi' };

test.each(['/data', '/tmp'])('files in %s take them, and their Pod goes for it', (where) => {
  const world = createWorld({
    nodes: [{ name: 'small', capacity }],
    flags: { kubelet: { 'eviction-hard': 'nodefs.inodesFree<50%' } },
    documents: writing(where),
  });
  world.runUntil(60_000);
  const { conditions = [] } = world.get<Node>('Node', undefined, 'small').status;
  expect(conditions.find(({ type }) => type === 'DiskPressure')?.status).toBe('True');
  expect(world.get<Pod>('Pod', 'default', 'many').status).toMatchObject({ phase: 'Failed', reason: 'Evicted' });
  const [evicted] = (world.events() as CoreEvent[]).filter(({ reason }) => reason === 'Evicted');
  expect(evicted?.message).toMatch(
    /^The node was low on resource: inodes\. Threshold quantity: 512, available: \d+\. $/,
  );
});
