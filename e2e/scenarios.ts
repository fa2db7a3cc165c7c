/** Scenarios the tests open. */

/** The head of a scenario. */
export const SCENARIO = (name: string, more = '') => `apiVersion: kubestep.dev/v1alpha1
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

const POD = (app: string, image: string, more = '') => `
  selector: {matchLabels: {app: ${app}}}
  template:
    metadata: {labels: {app: ${app}}}
    spec:
      containers: [{name: app, image: "${image}"${more}}]`;

/** Three ordinals with a claim each, and at 20 s another image. */
export const STATEFUL = `${SCENARIO('stateful', "  duration: 1m\n  actions: [{at: 20s, kubectl: 'set image statefulset/db app=nginx:1.28'}]\n")}---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: rook-ceph-block, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: rook-ceph.rbd.csi.ceph.com
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 3
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}${POD('db', 'nginx:1.27')}
`;

const VOLUME = (name: string, size: string) => `---
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}}
spec: {capacity: {storage: ${size}}, accessModes: [ReadWriteOnce], hostPath: {path: /${name}}, storageClassName: manual}
`;

const CLAIM = (name: string, size: string) => `---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}}
spec: {accessModes: [ReadWriteOnce], storageClassName: manual, resources: {requests: {storage: ${size}}}}
`;

const MOUNTING = (name: string, claim: string) => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  containers: [{name: app, image: "nginx:1.27", volumeMounts: [{name: d, mountPath: /d}]}]
  volumes: [{name: d, persistentVolumeClaim: {claimName: ${claim}}}]
`;

/** A claim that is bound and mounted, one that is deleted at 10 s, one that nothing satisfies, and a Pod whose claim is missing. */
export const STORED = [
  SCENARIO('stored', "  duration: 1m\n  actions: [{at: 10s, kubectl: 'delete pvc old --wait=false'}]\n"),
  VOLUME('pv001', '1Gi') + VOLUME('pv002', '5Gi') + VOLUME('pv003', '50Gi'),
  CLAIM('data', '4Gi') + CLAIM('old', '1Gi') + CLAIM('huge', '500Gi'),
  MOUNTING('writer', 'data') + MOUNTING('waiter', 'nosuch'),
].join('');

/** What is used of a fifth of a CPU grows at 60 s beyond all that is allowed. */
export const LOADED = `${SCENARIO('loaded', '  duration: 3m\n  programs: [{image: "web:*", cpu: {idle: 10m, at: [{from: 60s, usage: 95m}]}}]\n')}---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3${POD('web', 'web:1', ', resources: {requests: {cpu: 100m}}')}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 6
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 20}}}]
`;

/** One Pod per node, an Ingress before a Service, and who may read. */
export const ROUTED = `${SCENARIO('routed', '  duration: 1m\n')}${deployment('web', 2)}---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front}
spec:
  ingressClassName: traefik
  rules:
  - host: shop.example
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:${POD('agent', 'nginx:1.27')}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: bob-reads}
subjects: [{kind: User, name: bob, apiGroup: rbac.authorization.k8s.io}]
roleRef: {kind: Role, name: reader, apiGroup: rbac.authorization.k8s.io}
`;
