/**
 * What texts of scenarios are made of, as the JSON of a link has it: deflating begins as if this had come before, so that words of Kubernetes
 * cost little even in a short link. Links packed with it need it for ever: not a character may change; a better one gets a letter of its own.
 */
import { strToU8 } from 'fflate';

const TEXT = `selector:
  matchExpressions:
  - {key: app, operator: In, values: [a]}
rules:
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch]
kind: NetworkPolicy
kind: ServiceAccount
kind: Ingress
kind: Secret
apiVersion: storage.k8s.io/v1
kind: StorageClass
kind: PersistentVolumeClaim
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: standard
  resources: {requests: {storage: 1Gi}}
apiVersion: batch/v1
kind: CronJob
  jobTemplate:
  schedule: "*/1 * * * *"
kind: Job
  completions: 1
  parallelism: 1
  backoffLimit: 6
restartPolicy: Never
kind: StatefulSet
  serviceName: web
  volumeClaimTemplates:
kind: DaemonSet
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 1
  maxReplicas: 10
apiVersion: policy/v1
kind: PodDisruptionBudget
  maxUnavailable: 1
  minAvailable: 2
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
          requiredDuringSchedulingIgnoredDuringExecution:
          - weight: 1
            podAffinityTerm:
              topologyKey: kubernetes.io/hostname
              labelSelector:
                matchLabels:
topologySpreadConstraints:
      tolerations: [{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute}]
      terminationGracePeriodSeconds: 30
      initContainers:
      volumes:
      - name: data
        emptyDir: {}
        configMap: {name: config}
        persistentVolumeClaim: {claimName: data}
        volumeMounts:
        - {name: data, mountPath: /data}
        command: ["sh", "-c", "sleep 3600"]
        lifecycle: {preStop: {exec: {command: ["sleep", "5"]}}}
        livenessProbe:
          initialDelaySeconds: 5
          failureThreshold: 3
        imagePullPolicy: IfNotPresent
        image: busybox:1.36
        image: wordpress:5.3.2-apache
        image: mysql:5.7
        env:
        - name: WORDPRESS_DB_HOST
          value: wordpress-mysql:3306
        - name: WORDPRESS_DB_USER
          value: wordpress
        - name: WORDPRESS_DB_PASSWORD
          valueFrom: {secretKeyRef: {name: mysql-pass, key: password}}
        - name: MYSQL_ROOT_PASSWORD
        - name: MYSQL_DATABASE
        args:
        securityContext: {runAsNonRoot: true}
apiVersion: v1
kind: Namespace
metadata:
  name: kube-example
---
apiVersion: v1
kind: ConfigMap
data:
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: kube-example
  labels: {app: web}
  annotations:
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector: {app: web}
  ports:
  - port: 80
    targetPort: 8080
    nodePort: 30001
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app: wordpress
    tier: frontend
spec:
  replicas: 3
  strategy:
    rollingUpdate: {maxSurge: 1, maxUnavailable: 1}
  minReadySeconds: 0
  progressDeadlineSeconds: 600
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: nginx
        image: nginx:1.27
        ports:
        - containerPort: 80
        resources:
          requests: {cpu: 100m, memory: 128Mi}
          limits: {cpu: "1", memory: 256Mi}
        readinessProbe:
          httpGet: {path: /, port: 80}
          periodSeconds: 2
apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata:
  name: example
spec:
  title: "A Deployment on nodes
  description: >-
    The Pods of it are replaced, and at 20 s the node is
  seed: 1
  duration: 2m
  nodes:
  - {name: node-1}
  - {name: node-2, labels: {topology.kubernetes.io/zone: zone-a}, capacity: {cpu: "4", memory: 8Gi}, joinsAt: 30s}
  - {count: 3, namePrefix: node-, taints: [{key: gpu, value: "true", effect: NoSchedule}]}
  components:
    kube-controller-manager: {node-monitor-grace-period: 50s}
  programs:
  - image: "shop:*"
    pull: 3s
    start: 500ms
    listen: [{port: 80, after: 5s, latency: 20ms}]
    exit: {after: 30s, code: 1}
    sigterm: {exitAfter: 2s}
  traffic:
  - {name: users, target: "http://wordpress.kube-example/", rps: 50, from: 10s, to: 2m, timeout: 1s}
  expect:
  - {never: "totalRequests('users').failed > 0"}
  - {eventually: "get('Deployment', 'web').status.availableReplicas == 3", by: 40s}
  - {always: "list('Pod', 'app=web').filter(p, p.metadata.deletionTimestamp == null).size() >= 2", from: 10s}
  actions:
  - {at: 60s, fault: {type: node-crash, node: node-1, for: 90s}}
  - {at: 40s, kubectl: drain node-2 --ignore-daemonsets --force --delete-emptydir-data}
  - {at: 30s, kubectl: scale deployment/web --replicas=5}
  - {at: 20s, kubectl: set image deployment/web nginx=nginx:1.27.3}
  - at: 20s
    apply: |
      apiVersion: apps/v1
---
`;

/** `{"v":2,"text":"…","inputs":[…]}`, as a payload begins. */
const BY_HAND =
  '"inputs":[{"to":"user","kind":"kubectl","payload":{"command":"","untilMs":300000},"atMs":,"afterTimer":,"afterStep":';

/** See the header. */
export const LINK_WORDS: Uint8Array = strToU8(`${BY_HAND}{"v":2,"text":${JSON.stringify(TEXT).slice(0, -1)}`);
