/** Keys of a Compose service that become nothing, and why; those that are translated stand here too, so that a key that is neither is known for a mistake. */
import type { Said } from './reading';

/** Keys that the other files of this folder read. */
export const TRANSLATED: ReadonlySet<string> = new Set(
  `annotations build cap_add cap_drop command configs container_name cpus deploy entrypoint env_file environment expose
  extends extra_hosts group_add healthcheck hostname image ipc labels mem_limit mem_reservation network_mode pid ports post_start pre_stop
  privileged profiles pull_policy read_only restart scale secrets stdin_open stop_grace_period sysctls tmpfs tty user volumes
  working_dir`.split(/\s+/),
);

const why = (en: string, zh: string): Said => ({ en, zh });
const NETWORK = why(
  'every Pod reaches every other, and Services by name; NetworkPolicies keep them apart',
  '所有 Pod 都能互相访问，也能按名字访问 Service；用 NetworkPolicy 隔离',
);
const DNS = why('the cluster’s DNS answers', '由集群的 DNS 应答');
const KERNEL = why('Kubernetes has nothing of the kind', 'Kubernetes 没有对应的东西');
const CPU = why(
  'use deploy.resources, which become requests and limits',
  '请用 deploy.resources，它会变成 requests 和 limits',
);
const DEVICE = why(
  'devices come from a device plugin, as a resource that is asked for',
  '设备由设备插件提供，作为资源申请',
);
const LOCAL = why('it concerns the machine that Compose runs on', '它只与运行 Compose 的机器有关');

/** What is said of each of the others. */
export const UNTRANSLATED: Readonly<Record<string, Said>> = {
  depends_on: why(
    'Kubernetes starts everything at once: a program has to try until what it needs answers, or an init container waits for it',
    'Kubernetes 同时启动一切：程序要自己重试，直到所需的服务应答，或者用 init 容器等待',
  ),
  networks: NETWORK,
  links: NETWORK,
  external_links: NETWORK,
  mac_address: NETWORK,
  dns: DNS,
  dns_search: DNS,
  dns_opt: DNS,
  domainname: DNS,
  logging: why(
    'the kubelet keeps what containers print; kubectl logs shows it',
    '容器的输出由 kubelet 保存；用 kubectl logs 查看',
  ),
  stop_signal: why(
    'the image says which signal ends it; a preStop hook can do more',
    '用哪个信号结束由镜像决定；preStop 钩子可以做更多',
  ),
  ulimits: KERNEL,
  shm_size: why('mount an emptyDir of medium Memory at /dev/shm', '把 medium 为 Memory 的 emptyDir 挂到 /dev/shm'),
  init: why('shareProcessNamespace comes nearest', '最接近的是 shareProcessNamespace'),
  platform: why(
    'the node’s label kubernetes.io/arch is chosen by a nodeSelector',
    '用 nodeSelector 选择节点标签 kubernetes.io/arch',
  ),
  volumes_from: why('name the volumes in both services', '请在两个服务里都写出卷'),
  devices: DEVICE,
  gpus: DEVICE,
  device_cgroup_rules: DEVICE,
  security_opt: why(
    'seccompProfile and appArmorProfile stand in the securityContext',
    '请写在 securityContext 的 seccompProfile 和 appArmorProfile 里',
  ),
  userns_mode: why(
    'hostUsers: false gives a Pod user namespaces of its own',
    'hostUsers: false 让 Pod 有自己的用户命名空间',
  ),
  runtime: why('a RuntimeClass chooses the runtime', '运行时由 RuntimeClass 选择'),
  cpu_count: CPU,
  cpu_percent: CPU,
  cpu_shares: CPU,
  cpu_period: CPU,
  cpu_quota: CPU,
  cpu_rt_period: CPU,
  cpu_rt_runtime: CPU,
  cpuset: CPU,
  mem_swappiness: KERNEL,
  memswap_limit: KERNEL,
  oom_kill_disable: KERNEL,
  oom_score_adj: why('it follows from the QoS class', '它由 QoS 等级决定'),
  pids_limit: why(
    'the kubelet limits processes per Pod (podPidsLimit)',
    '每个 Pod 的进程数由 kubelet 限制（podPidsLimit）',
  ),
  blkio_config: KERNEL,
  cgroup: KERNEL,
  cgroup_parent: KERNEL,
  isolation: KERNEL,
  storage_opt: why(
    'limits.ephemeral-storage bounds what a container writes',
    'limits.ephemeral-storage 限制容器写入的量',
  ),
  uts: KERNEL,
  credential_spec: KERNEL,
  attach: LOCAL,
  develop: LOCAL,
  label_file: LOCAL,
  use_api_socket: LOCAL,
  provider: LOCAL,
  models: LOCAL,
};

/** Keys of `deploy` that become something. */
export const DEPLOY_TRANSLATED: ReadonlySet<string> = new Set([
  'labels',
  'mode',
  'placement',
  'replicas',
  'resources',
  'restart_policy',
  'update_config',
]);

/** What is said of the others. */
export const DEPLOY_UNTRANSLATED: Readonly<Record<string, Said>> = {
  endpoint_mode: why(
    'a Service has one address; clusterIP: None gives a name without one',
    'Service 有一个地址；clusterIP: None 则只有名字',
  ),
  rollback_config: why(
    'kubectl rollout undo goes back at the pace of an update',
    'kubectl rollout undo 按更新的节奏回退',
  ),
};
