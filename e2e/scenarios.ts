/** Scenarios the tests open. */

const SCENARIO = (name: string, more = '') => `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: ${name}}
spec:
  title: ${name}
${more}`;

/** A Deployment that names nothing but what it must. */
export const deployment = (name: string, replicas: number, image = 'nginx:1.27', container = '') => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
      - name: app
        image: ${image}
${container}`;

/** Three Pods on three nodes, and nothing else happens. */
export const QUIET = `${SCENARIO('quiet', '  duration: 2m\n')}${deployment('web', 3)}`;

/** One container that ends at once, for ever. */
export const EXITS_AT_ONCE = `${SCENARIO('exits', '  duration: 2m\n')}${deployment('ends', 1, 'busybox:1.36', '        command: [sh, -c, "exit 1"]\n')}`;

/** Many Pods on enough nodes. */
export const many = (replicas: number, nodes: number, actions = '') =>
  SCENARIO(
    'many',
    `  duration: 1m
  nodes: [{count: ${nodes}, namePrefix: node-, capacity: {cpu: "64", memory: 256Gi, pods: "500"}}]
${actions}`,
  ) + deployment('web', replicas);
