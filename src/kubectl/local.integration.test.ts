/** What kubectl 1.36.3 printed of objects that it was given and asked no server about. */
import { expect, it } from 'vitest';
import { createTerminal } from '../testing/terminal';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: web, image: nginx:1}]}\n';
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: p}
spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: web, image: nginx:1}]}}}
`;

it.each([
  [
    'set image -f - web=nginx:2',
    POD,
    `apiVersion: v1
kind: Pod
metadata:
  name: p
spec:
  containers:
  - image: nginx:2
    name: web
    resources: {}
status: {}
`,
  ],
  [
    'label -f - a=b',
    POD,
    `apiVersion: v1
kind: Pod
metadata:
  labels:
    a: b
  name: p
spec:
  containers:
  - image: nginx:1
    name: web
`,
  ],
  [
    'set serviceaccount -f - sa',
    DEPLOYMENT,
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: p
spec:
  selector:
    matchLabels:
      a: b
  strategy: {}
  template:
    metadata:
      labels:
        a: b
    spec:
      containers:
      - image: nginx:1
        name: web
        resources: {}
      serviceAccountName: sa
status: {}
`,
  ],
  [
    'set selector -f - x=y',
    'apiVersion: v1\nkind: Service\nmetadata: {name: p}\nspec: {ports: [{port: 80}]}\n',
    `apiVersion: v1
kind: Service
metadata:
  name: p
spec:
  ports:
  - port: 80
    targetPort: 0
  selector:
    x: "y"
status:
  loadBalancer: {}
`,
  ],
  [
    'set image -f - c=nginx:2',
    `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: w}
spec:
  selector: {matchLabels: {a: b}}
  serviceName: w
  template:
    spec:
      containers: [{name: c, image: nginx}]
      volumes: [{name: e, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce]}}}}]
  volumeClaimTemplates: [{metadata: {name: d}, spec: {resources: {requests: {storage: 1Gi}}}}, {}]
`,
    `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: w
spec:
  selector:
    matchLabels:
      a: b
  serviceName: w
  template:
    metadata: {}
    spec:
      containers:
      - image: nginx:2
        name: c
        resources: {}
      volumes:
      - ephemeral:
          volumeClaimTemplate:
            metadata: {}
            spec:
              accessModes:
              - ReadWriteOnce
              resources: {}
        name: e
  updateStrategy: {}
  volumeClaimTemplates:
  - metadata:
      name: d
    spec:
      resources:
        requests:
          storage: 1Gi
    status: {}
  - metadata: {}
    spec:
      resources: {}
    status: {}
status:
  availableReplicas: 0
  replicas: 0
`,
  ],
])('%s --local', (command, stdin, stdout) => {
  expect(createTerminal().run(`${command} --local -o yaml`, stdin)).toMatchObject({ code: 0, stderr: '', stdout });
});

it('auth reconcile fills in no namespace either', () => {
  const { run } = createTerminal();
  const role = (namespace: string): string =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r${namespace}}\nrules: [{apiGroups: [""], resources: [pods], verbs: [get]}]\n`;
  expect(run('auth reconcile -f -', role(''))).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'error: resource name may not be empty\n',
  });
  expect(run('auth reconcile -f -', role(', namespace: default')).stdout).toBe(
    'role.rbac.authorization.k8s.io/r reconciled\n',
  );
});
