/** Simplified Chinese sentences: what a fault does as it strikes, and what is read when it is over. */
import type { SentencePair } from '../sentences';

export const ZH_FAULTS: readonly SentencePair[] = [
  ['Node {node} is told to shut down', '节点 {node} 收到关机命令'],
  ['Node {node} is off', '节点 {node} 已关机'],
  ['A process of Pod {pod} dies with exit code {code}', 'Pod {pod} 的一个进程以退出码 {code} 终止'],
  ['The kernel kills a process of Pod {pod}: out of memory', '内核杀死了 Pod {pod} 的一个进程：内存不足'],
  ['No Pod on a node is called {pod}; nothing happens', '没有节点上的 Pod 名为 {pod}；什么也不会发生'],
  [
    'What runs beside Pods takes the memory of node {node} until a threshold of its kubelet is crossed',
    'Pod 之外的进程占用节点 {node} 的内存，直到越过其 kubelet 的阈值',
  ],
  ['What took the memory has given it back on node {node}', '节点 {node} 上被占用的内存已归还'],
  [
    'Files beside those of Pods fill the disk of node {node} until a threshold of its kubelet is crossed',
    'Pod 之外的文件占满节点 {node} 的磁盘，直到越过其 kubelet 的阈值',
  ],
  ['The files that filled the disk are deleted on node {node}', '节点 {node} 上占满磁盘的文件已删除'],
  [
    'Processes beside Pods take the process ids of node {node} until a threshold of its kubelet is crossed',
    'Pod 之外的进程占用节点 {node} 的进程号，直到越过其 kubelet 的阈值',
  ],
  ['What took the process ids has ended on node {node}', '节点 {node} 上占用进程号的进程已结束'],
  ['Image {image} can no longer be pulled', '镜像 {image} 不再能拉取'],
  ['Image {image} can be pulled again', '镜像 {image} 又能拉取了'],
  ['The image registry does not answer: nothing can be pulled', '镜像仓库没有响应：什么都拉取不了'],
  ['The image registry answers again', '镜像仓库恢复响应'],
  ['The API server is down: nobody can read or write anything', 'API 服务器宕机：谁也无法读写任何东西'],
  ['The API server answers again', 'API 服务器恢复响应'],
  [
    'etcd is slow: every write, and every read that it must confirm, takes {seconds} s longer',
    'etcd 变慢：每次写入，以及每次须由它确认的读取，都多花 {seconds} 秒',
  ],
  ['etcd answers as fast as before', 'etcd 的响应恢复到原来的速度'],
  [
    'Cluster DNS does not answer: names are no longer found, addresses still work',
    '集群 DNS 没有响应：名称查不到了，地址仍然可用',
  ],
  ['Cluster DNS answers again', '集群 DNS 恢复响应'],
  ['There is no node {node}; nothing happens', '没有节点 {node}；什么也不会发生'],
  ['There is no {component} on node {node}; nothing happens', '节点 {node} 上没有 {component}；什么也不会发生'],
  [
    'There is no component {component}; nothing happens (there are: {names})',
    '没有组件 {component}；什么也不会发生（现有：{names}）',
  ],
  ['The fault "{type}" is over', '故障“{type}”结束'],
  ['There is no fault "{type}" on node {node} to heal', '节点 {node} 上没有可以恢复的故障“{type}”'],
  ['There is no fault "{type}" to heal', '没有可以恢复的故障“{type}”'],
  ['{component} on node {node} has stopped', '节点 {node} 上的 {component} 已停止'],
  ['{component} on node {node} has started again', '节点 {node} 上的 {component} 重新启动'],
  ['{component} has stopped', '{component} 已停止'],
  ['{component} has started again', '{component} 重新启动'],
];
