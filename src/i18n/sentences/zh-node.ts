/** Simplified Chinese sentences: what kubelets and containers do, and what any writer does. */
import type { SentencePair } from '../sentences';

export const ZH_NODE: readonly SentencePair[] = [
  [
    'Created container {container} of Pod {pod} again; its image is on the node',
    '再次创建 Pod {pod} 的容器 {container}；它的镜像在节点上',
  ],
  [
    'Created container {container} of Pod {pod} again; its image was on the node',
    '再次创建 Pod {pod} 的容器 {container}；它的镜像已在节点上',
  ],
  [
    'Created container {container} of Pod {pod}; its image is on the node',
    '创建 Pod {pod} 的容器 {container}；它的镜像在节点上',
  ],
  [
    'Created container {container} of Pod {pod}; its image was on the node',
    '创建 Pod {pod} 的容器 {container}；它的镜像已在节点上',
  ],
  [
    'Container {container} of Pod {pod} runs its preStop hook, then gets SIGTERM; it is killed after {wait}',
    'Pod {pod} 的容器 {container} 先运行 preStop 钩子，再收到 SIGTERM；{wait} 后被杀死',
  ],
  ['Container {container} of Pod {pod} runs at {address}', 'Pod {pod} 的容器 {container} 在 {address} 运行'],
  ['Container {container} of Pod {pod} runs', 'Pod {pod} 的容器 {container} 运行'],
  [
    'Container {container} of Pod {pod} ended with exit code {code} ({reason}) after {time}; it is to be started again',
    'Pod {pod} 的容器 {container} 在 {time} 后以退出码 {code}（{reason}）结束；将再次启动',
  ],
  [
    'Container {container} of Pod {pod} ended with exit code {code} ({reason}) after {time}',
    'Pod {pod} 的容器 {container} 在 {time} 后以退出码 {code}（{reason}）结束',
  ],
  [
    'Container {container} of Pod {pod} gets SIGTERM; it is killed after {wait}',
    'Pod {pod} 的容器 {container} 收到 SIGTERM；{wait} 后被杀死',
  ],
  [
    'Container {container} of Pod {pod} keeps ending; it is started again in {wait} (the wait doubles each time, up to {most})',
    'Pod {pod} 的容器 {container} 不断结束；{wait} 后再次启动（等待每次加倍，最多 {most}）',
  ],
  [
    'All containers of Pod {pod} have ended: removed the Pod from the API server',
    'Pod {pod} 的所有容器都已结束：从 API 服务器移除该 Pod',
  ],
  [
    'The preStop hook of container {container} is over: it gets SIGTERM',
    '容器 {container} 的 preStop 钩子结束：它收到 SIGTERM',
  ],
  [
    'The {probe} probe of container {container} in Pod {pod} failed: {why}',
    'Pod {pod} 中容器 {container} 的 {probe} 探针失败：{why}',
  ],
  [
    'The {probe} probe of container {container} in Pod {pod} succeeded',
    'Pod {pod} 中容器 {container} 的 {probe} 探针成功',
  ],
  ['The kernel kills container {container} of Pod {pod}: {*why}', '内核杀死 Pod {pod} 的容器 {container}：{*why}'],
  ['its memory limit of {limit} is used up', '它的内存限制 {limit} 已用尽'],
  [
    'the memory of the node, {size}, is used up. It has the highest score: {score}',
    '节点的内存 {size} 已用尽。它得分最高：{score}',
  ],
  ['Pulled image "{image}" for Pod {pod} in {time}', '为 Pod {pod} 拉取镜像 "{image}"，用时 {time}'],
  ['Could not pull image "{image}" for Pod {pod}: {why}', '无法为 Pod {pod} 拉取镜像 "{image}"：{why}'],
  [
    'Pod {pod} waits {wait} before pulling image "{image}" again (the wait doubles each time, up to {most})',
    'Pod {pod} 等 {wait} 后再次拉取镜像 "{image}"（等待每次加倍，最多 {most}）',
  ],
  ['Pod {pod} waits for the image of container {container} to be pulled', 'Pod {pod} 等待拉取容器 {container} 的镜像'],
  ['Pod {pod} waits for a volume: {*why}', 'Pod {pod} 等待卷：{*why}'],
  ['PersistentVolume {volume} is not attached to this Node yet', 'PersistentVolume {volume} 还没有挂接到这个节点'],
  [
    'PersistentVolume {volume} is not reported in use by this Node yet',
    '这个节点还没有报告 PersistentVolume {volume} 在使用中',
  ],
  ['Pod {pod} is no longer kept to be counted: it has no Job any more', 'Pod {pod} 不再为计数而保留：它已没有 Job'],
  [
    'The files of volume {volume} in Pod {pod} are replaced: the kubelet looks at them with each sync',
    'Pod {pod} 中卷 {volume} 的文件被替换：kubelet 每次同步都会检查',
  ],
  ['Pod {pod} keeps the files that it has: {why}', 'Pod {pod} 保留它已有的文件：{why}'],
  ['The resize of Pod {pod} is complete', 'Pod {pod} 的资源调整已完成'],
  ['The resize of Pod {pod} waits for room: {why}', 'Pod {pod} 的资源调整在等空间：{why}'],
  ['Pod {pod} waits for its sandbox: {why}', 'Pod {pod} 等待它的沙箱：{why}'],
  ["Pod {pod} can't start container {container}: {why}", 'Pod {pod} 无法启动容器 {container}：{why}'],
  [
    'The {probe} probe of container {container} in Pod {pod} failed: ',
    'Pod {pod} 中容器 {container} 的 {probe} 探针失败',
  ],
  ['Container {container} of Pod {pod} could not be started: {why}', 'Pod {pod} 的容器 {container} 无法启动：{why}'],
  ['Pod {pod} was to be evicted, and may stay after all', 'Pod {pod} 本要被驱逐，现在可以留下'],
  ['Evicted Pod {pod}: {why}', '驱逐 Pod {pod}：{why}'],

  ['Put the status of Pod {pod} right', '纠正 Pod {pod} 的状态'],
  [
    'Repeated Event {reason} about {kind} {name} (and {count} more)',
    '关于 {kind} {name} 的 Event {reason} 再次出现（还有 {count} 个）',
  ],
  ['Repeated Event {reason} about {kind} {name}', '关于 {kind} {name} 的 Event {reason} 再次出现'],
  [
    'Created Event {reason} about {kind} {name} (and {count} more)',
    '记录关于 {kind} {name} 的 Event {reason}（还有 {count} 个）',
  ],
  ['Created Event {reason} about {kind} {name}', '记录关于 {kind} {name} 的 Event {reason}'],
  [
    'Deleted Event {reason} about {kind} {name} (and {count} more)',
    '删除关于 {kind} {name} 的 Event {reason}（还有 {count} 个）',
  ],
  ['Deleted Event {reason} about {kind} {name}', '删除关于 {kind} {name} 的 Event {reason}'],
  ['Updated the status of {kind} {name} (and {count} more)', '更新 {kind} {name} 的状态（还有 {count} 个）'],
  ['Updated the status of {kind} {name}', '更新 {kind} {name} 的状态'],
  ['Updated {kind} {name} (and {count} more)', '更新 {kind} {name}（还有 {count} 个）'],
  ['Updated {kind} {name}', '更新 {kind} {name}'],
  ['Created {kind} {name} (and {count} more)', '创建 {kind} {name}（还有 {count} 个）'],
  ['Created {kind} {name}', '创建 {kind} {name}'],
  ['Deleted {kind} {name}', '删除 {kind} {name}'],
];
