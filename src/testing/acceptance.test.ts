/** Facts of the acceptance list that are a story of several parts of a cluster, told by whoever types into it. */
import { expect, test, vi } from 'vitest';
import type { CommandRecord } from '../kubectl/user';
import { startText } from './swarm';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 60_000 });

/** What each of the lines prints: `[seconds, line]`. */
function printed(documents: string, acts: readonly (readonly [number, string])[], faults = ''): string[] {
  const actions = acts.map(([at, line]) => `  - ${JSON.stringify({ at: `${at}s`, kubectl: line })}\n`).join('');
  const simulation = startText(
    `apiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nmetadata: {name: acceptance}\nspec:\n  actions:\n${actions}${faults}---\n${documents}`,
  );
  simulation.run({ timeMs: (Math.max(...acts.map(([at]) => at)) + 5) * 1000 });
  const details = Array.from({ length: simulation.step }, (_, at) => simulation.detailAt(at + 1) as CommandRecord);
  const records = details.filter((one) => one?.type === 'command');
  return acts.map(([, line]) => {
    const place = records.findIndex(({ command }) => command === line);
    const [record] = records.splice(place, 1);
    return `${record?.stdout}${record?.stderr}`.trimEnd();
  });
}

const pod = (name: string, spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {nodeName: node-1, ${spec}}\n---\n`;

test('of two nginx in one Pod the second finds its port taken, and they reach each other as localhost', () => {
  const containers =
    '{name: a, image: nginx}, {name: b, image: nginx}, {name: c, image: busybox, command: [sleep, "99"]}';
  const [table, log, page] = printed(pod('twins', `containers: [${containers}]`), [
    [25, 'get pod twins'],
    [26, 'logs twins -c b --previous'],
    [27, 'exec twins -c c -- wget -qO- localhost'],
  ]);
  expect(table).toMatch(/twins +2\/3 +(CrashLoopBackOff|Error) /);
  expect(log).toContain('[emerg] 1#1: bind() to 0.0.0.0:80 failed (98: Address already in use)');
  expect(log).toMatch(/still could not bind\(\)$/);
  expect(page).toContain('<title>Welcome to nginx!</title>');
});

test('a mount hides the files of the image: nginx answers 403', () => {
  const mount = 'volumeMounts: [{name: e, mountPath: /usr/share/nginx/html}]';
  const documents = pod(
    'hidden',
    `containers: [{name: a, image: nginx, ${mount}}], volumes: [{name: e, emptyDir: {}}]`,
  );
  expect(printed(documents, [[10, 'exec hidden -- curl -s -o /dev/null -w "%{http_code}" localhost']])).toEqual([
    '403',
  ]);
});

test('a recycled volume is wiped by a Pod and Available again', () => {
  const [phase, events] = printed(
    `apiVersion: v1
kind: PersistentVolume
metadata: {name: again}
spec: {capacity: {storage: 2Gi}, accessModes: [ReadWriteOnce], persistentVolumeReclaimPolicy: Recycle, nfs: {server: 10.0.0.9, path: /x}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: mine}
spec: {storageClassName: "", accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`,
    [
      [90, 'get pv again -o jsonpath={.status.phase}/{.spec.claimRef}'],
      [91, 'get events --field-selector reason=VolumeRecycled'],
    ],
    '  - {at: 10s, kubectl: delete pvc mine}\n',
  );
  expect(phase).toBe('Available/');
  expect(events).toContain('Volume recycled');
});

test('a claim grows where its class allows it, waits for the file system, and is refused where not', () => {
  const claim = (name: string) => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: ${name}}
provisioner: rook-ceph.rbd.csi.ceph.com
allowVolumeExpansion: ${name === 'grows'}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}}
spec: {storageClassName: ${name}, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
`;
  const wider = (name: string) => `patch pvc ${name} -p '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}'`;
  const size = 'get pvc grows -o jsonpath={.status.capacity.storage}/{.status.conditions[*].type}';
  const use = 'volumeMounts: [{name: d, mountPath: /d}]';
  const [, refused, before, after] = printed(
    `${claim('grows')}${claim('stays')}`,
    [
      [10, wider('grows')],
      [11, wider('stays')],
      [20, size],
      [60, size],
    ],
    `  - at: 30s
    apply: '{apiVersion: v1, kind: Pod, metadata: {name: user}, spec: {containers: [{name: a, image: nginx, ${use}}], volumes: [{name: d, persistentVolumeClaim: {claimName: grows}}]}}'
`,
  );
  expect(refused).toBe(
    'Error from server (Forbidden): persistentvolumeclaims "stays" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
  );
  expect(before).toBe('1Gi/FileSystemResizePending');
  expect(after).toBe('2Gi/');
});

test('an Ingress says how its paths are meant', () => {
  const path = '{path: /, backend: {service: {name: a, port: {number: 80}}}}';
  const ingress = `{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"i"},"spec":{"rules":[{"http":{"paths":[${path
    .replace(/(\w+):/g, '"$1":')
    .replaceAll(' /', ' "/"')
    .replace('name": a', 'name": "a"')}]}}]}}`;
  const [answer] = printed('', [[1, `apply -f - <<'EOF'\n${ingress}\nEOF`]]);
  expect(answer).toContain('spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified');
});

test('a SIGTERM outlives the kubelet that sent it: the container ends while nobody looks', () => {
  const shell = '[sh, -c, "trap \'sleep 5; exit 3\' TERM; while true; do sleep 1; done"]';
  const documents = pod('brief', `containers: [{name: a, image: busybox, command: ${shell}}]`);
  const [down, gone] = printed(
    documents,
    [
      [60, 'get pod brief'],
      [73, 'get pod brief'],
    ],
    `  - {at: 10s, kubectl: delete pod brief --wait=false}
  - {at: 10500ms, fault: {type: component-down, component: kubelet, node: node-1, for: 60s}}
`,
  );
  expect(down).toContain('Terminating');
  expect(gone).toBe('Error from server (NotFound): pods "brief" not found');
});
