/** Simplified Chinese sentences: the cluster, its nodes, the scheduler, the network and requests. */
import type { SentencePair } from '../sentences';

export const ZH_CONTROL: readonly SentencePair[] = [
  [
    'The control plane is up, with its namespaces and the kubernetes Service',
    '控制平面已启动，带有它的命名空间和 kubernetes Service',
  ],
  ["Published the cluster's root certificate in Namespace {namespace}", '在命名空间 {namespace} 中发布了集群的根证书'],
  [
    'Created ServiceAccount {name} in Namespace {namespace}: every namespace has one',
    '在命名空间 {namespace} 中创建 ServiceAccount {name}：每个命名空间都有一个',
  ],

  ['Bound Pod {pod} to {node}: {*how}', '将 Pod {pod} 绑定到 {node}：{*how}'],
  ['{*fit} and {count} of them share the highest score, {score}', '{*fit}，其中 {count} 个并列最高分 {score}'],
  ['{*fit} and it scores highest, {score}', '{*fit}，它得分最高，{score}'],
  ['{fit} of {all} nodes looked at fit ({total} in all)', '考察的 {all} 个节点中有 {fit} 个合适（共 {total} 个）'],
  ['{fit} of {all} nodes fit', '{all} 个节点中有 {fit} 个合适'],
  ['Could not bind Pod {pod} to {node}: {reason}', '无法将 Pod {pod} 绑定到 {node}：{reason}'],
  ['Found no node for Pod {pod}: {reason}', '没有为 Pod {pod} 找到节点：{reason}'],
  ['Chose {node} for Pod {pod}, which waits for {plugin}', '为 Pod {pod} 选定 {node}，它在等待 {plugin}'],

  ['A machine named {name} is added: its kubelet starts', '添加名为 {name} 的机器：它的 kubelet 启动'],
  ['There is a machine named {name} already', '已经有名为 {name} 的机器'],
  ['Node {node} joined the cluster; it is not ready yet', '节点 {node} 加入集群；它还未就绪'],
  ['Node {node} joined the cluster', '节点 {node} 加入集群'],
  ['Node {node} is alive: renewed its Lease', '节点 {node} 活着：续订了它的 Lease'],
  ['{process} leads: renewed its Lease', '{process} 是领导者：续订了它的 Lease'],
  ['Node {node} is ready again: its NoExecute taint is gone', '节点 {node} 重新就绪：它的 NoExecute 污点没有了'],
  ['Node {node} is ready', '节点 {node} 就绪'],
  ['Node {node} is new: its heartbeats are watched from now on', '节点 {node} 是新的：从现在起关注它的心跳'],
  ['Node {node} is gone: its heartbeats are no longer awaited', '节点 {node} 没有了：不再等待它的心跳'],
  ['Node {node} is connected again', '节点 {node} 重新连上'],
  [
    'Node {node} is cut off from the API server; its containers run on',
    '节点 {node} 与 API 服务器断开；它的容器继续运行',
  ],
  [
    'Node {node} reaches the API server again and reports what it missed',
    '节点 {node} 重新连上 API 服务器，并上报它错过的一切',
  ],
  [
    'Node {node} has been silent for {seconds} s: its conditions are Unknown now',
    '节点 {node} 已沉默 {seconds} 秒：它的状况现在是 Unknown',
  ],
  [
    'Node {node} has crashed: its kubelet and all its containers are dead',
    '节点 {node} 崩溃：它的 kubelet 和所有容器都死了',
  ],
  ['Node {node} has booted again; its containers are started anew', '节点 {node} 重新启动了；它的容器重新开始'],
  ['Node {node} boots again', '节点 {node} 重新启动'],
  ['Node {node} carries no NoSchedule taint any more', '节点 {node} 不再带有 NoSchedule 污点'],
  ['Node {node} carries the NoSchedule taints {taints} now', '节点 {node} 现在带有 NoSchedule 污点 {taints}'],
  ['Node {node} carries the NoSchedule taint {taint} now', '节点 {node} 现在带有 NoSchedule 污点 {taint}'],
  [
    "Node {node} gets the taint {taint}: Pods that don't tolerate it must go",
    '节点 {node} 得到污点 {taint}：不容忍它的 Pod 必须离开',
  ],
  [
    'Node {node} has {condition} no more: it was not observed for the transition period',
    '节点 {node} 不再有 {condition}：在过渡期内没有再观察到',
  ],
  ['Node {node} has room: the resize of Pod {pod} is begun', '节点 {node} 有空间了：开始调整 Pod {pod} 的资源'],
  ['Node {node} has {condition}: {reason}', '节点 {node} 出现 {condition}：{reason}'],
  ['Node {node} has PersistentVolume {volume} attached now', '节点 {node} 现在挂接了 PersistentVolume {volume}'],
  ['Node {node} has room: the resize of Pod {pod} is begun', '节点 {node} 有空间了：开始调整 Pod {pod} 的资源'],
  ['Node {node} runs the static Pod {pod} from its manifest folder', '节点 {node} 从它的清单目录运行静态 Pod {pod}'],
  ['Node {node} gets {block} for its Pods', '节点 {node} 得到 {block} 供它的 Pod 使用'],
  ['Node {node} is told how long to cache', '节点 {node} 得知缓存多久'],
  [
    'Node {node}: the disk is {percent} % full; deleted {count} images that no container uses',
    '节点 {node}：磁盘已用 {percent} %；删除了 {count} 个没有容器使用的镜像',
  ],
  [
    'Node {node}: the disk is {percent} % full; deleted {count} image that no container uses',
    '节点 {node}：磁盘已用 {percent} %；删除了 {count} 个没有容器使用的镜像',
  ],
  ['Node {node}: {message}', '节点 {node}：{message}'],
  ["Pod {pod} is not ready: its Node {node} isn't", 'Pod {pod} 未就绪：它的节点 {node} 未就绪'],
  [
    'Pod {pod} may stay no longer on Node {node}, which has a NoExecute taint',
    'Pod {pod} 不能再留在节点 {node} 上，该节点带有 NoExecute 污点',
  ],
  [
    'Files beside those of Pods fill the disk of node {node} until a threshold of its kubelet is crossed',
    'Pod 之外的文件占满节点 {node} 的磁盘，直到越过其 kubelet 的阈值',
  ],
  ['The files that filled the disk are deleted on node {node}', '节点 {node} 上占满磁盘的文件已删除'],
  [
    'What runs beside Pods takes the memory of node {node} until a threshold of its kubelet is crossed',
    'Pod 之外的进程占用节点 {node} 的内存，直到越过其 kubelet 的阈值',
  ],
  ['What took the memory has given it back on node {node}', '节点 {node} 上占用的内存已归还'],

  ['{*rule} (and {count} other Services)', '{*rule}（以及另外 {count} 个 Service）'],
  ['{*rule} (and {count} other Service)', '{*rule}（以及另外 {count} 个 Service）'],
  [
    '{node} refuses what is for Service {service}: it has no endpoints',
    '{node} 拒绝发往 Service {service} 的流量：它没有端点',
  ],
  [
    '{node} sends what is for Service {service} to {count} endpoints: {*changes}',
    '{node} 把发往 Service {service} 的流量送到 {count} 个端点：{*changes}',
  ],
  [
    '{node} sends what is for Service {service} to {count} endpoint: {*changes}',
    '{node} 把发往 Service {service} 的流量送到 {count} 个端点：{*changes}',
  ],
  [
    '{node} sends what is for Service {service} to {count} endpoints',
    '{node} 把发往 Service {service} 的流量送到 {count} 个端点',
  ],
  [
    '{node} sends what is for Service {service} to {count} endpoint',
    '{node} 把发往 Service {service} 的流量送到 {count} 个端点',
  ],
  ['{added} added, {gone} gone', '增加 {added}，减少 {gone}'],
  ['{added} added', '增加 {added}'],
  ['{gone} gone', '减少 {gone}'],
  [
    'EndpointSlice {slice} has {count} endpoints, {ready} ready, {ending} terminating, of which {serving} still serving',
    'EndpointSlice {slice} 有 {count} 个端点，{ready} 个就绪，{ending} 个正在终止，其中 {serving} 个仍在服务',
  ],
  [
    'EndpointSlice {slice} has {count} endpoint, {ready} ready, {ending} terminating, of which {serving} still serving',
    'EndpointSlice {slice} 有 {count} 个端点，{ready} 个就绪，{ending} 个正在终止，其中 {serving} 个仍在服务',
  ],
  [
    'EndpointSlice {slice} has {count} endpoints, {ready} ready',
    'EndpointSlice {slice} 有 {count} 个端点，{ready} 个就绪',
  ],
  [
    'EndpointSlice {slice} has {count} endpoint, {ready} ready',
    'EndpointSlice {slice} 有 {count} 个端点，{ready} 个就绪',
  ],
  ['EndpointSlice {slice} no longer mirrors Endpoints {name}', 'EndpointSlice {slice} 不再镜像 Endpoints {name}'],
  ['EndpointSlice {slice} mirrors Endpoints {name}', 'EndpointSlice {slice} 镜像 Endpoints {name}'],
  ['Endpoints {name}: {ready} ready, {not} not ready', 'Endpoints {name}：{ready} 个就绪，{not} 个未就绪'],
  [
    '{name} reloads its configuration: {rules} rules for {hosts} hosts from {objects} objects; {*rest}',
    '{name} 重新载入配置：来自 {objects} 个对象的 {hosts} 个主机的 {rules} 条规则；{*rest}',
  ],
  [
    '{name} reloads its configuration: {rules} rules for {hosts} hosts from {objects} object; {*rest}',
    '{name} 重新载入配置：来自 {objects} 个对象的 {hosts} 个主机的 {rules} 条规则；{*rest}',
  ],
  [
    '{name} reloads its configuration: {rules} rules for {hosts} host from {objects} object; {*rest}',
    '{name} 重新载入配置：来自 {objects} 个对象的 {hosts} 个主机的 {rules} 条规则；{*rest}',
  ],
  ['{name} reloads its configuration: {what}', '{name} 重新载入配置：{what}'],
  [
    'Secret {secret} has no certificate, so {host} is served with the default one',
    'Secret {secret} 没有证书，因此 {host} 使用默认证书',
  ],
  ['{name} serves {count} rules after its reload', '{name} 重新载入后按 {count} 条规则服务'],
  ['{name} serves {count} rule after its reload', '{name} 重新载入后按 {count} 条规则服务'],
  [
    '{name} sends requests for Service {service} to {count} endpoints now ({before} before)',
    '{name} 现在把 Service {service} 的请求送到 {count} 个端点（之前 {before} 个）',
  ],
  [
    '{name} sends requests for Service {service} to {count} endpoint now ({before} before)',
    '{name} 现在把 Service {service} 的请求送到 {count} 个端点（之前 {before} 个）',
  ],

  [
    '{failed} of {all} requests of {source} were answered {status}: {*why}',
    '{source} 的 {all} 个请求中有 {failed} 个得到应答 {status}：{*why}',
  ],
  [
    '{failed} of {all} requests of {source} was answered {status}: {*why}',
    '{source} 的 {all} 个请求中有 {failed} 个得到应答 {status}：{*why}',
  ],
  [
    '{failed} of {all} requests of {source} did not get through: {*why}',
    '{source} 的 {all} 个请求中有 {failed} 个没有送达：{*why}',
  ],
  [
    '{failed} of {all} requests of {source} found no endpoint: {*why}',
    '{source} 的 {all} 个请求中有 {failed} 个没有找到端点：{*why}',
  ],
  [
    '{failed} of {all} requests of {source} got no answer in time: {*why}',
    '{source} 的 {all} 个请求中有 {failed} 个没有及时得到应答：{*why}',
  ],
  [
    '{failed} of {all} requests of {source} were refused: {*why}',
    '{source} 的 {all} 个请求中有 {failed} 个被拒绝：{*why}',
  ],
  [
    '{failed} of {all} requests of {source} was refused: {*why}',
    '{source} 的 {all} 个请求中有 {failed} 个被拒绝：{*why}',
  ],
  [
    '{failed} of {all} requests of {source} were reset: {*why}',
    '{source} 的 {all} 个请求中有 {failed} 个被重置：{*why}',
  ],
  [
    '{failed} of {all} requests of {source} was reset: {*why}',
    '{source} 的 {all} 个请求中有 {failed} 个被重置：{*why}',
  ],
  [
    'No request of {source} failed in this second: {count} had in the {seconds} s before',
    '{source} 在这一秒没有请求失败：此前 {seconds} 秒内失败过 {count} 个',
  ],
  ['No request of {source} is sent: {*why}', '{source} 没有发出请求：{*why}'],
  [
    'no Pod in {namespace} that {*selector} selects runs',
    '命名空间 {namespace} 中没有 {*selector} 所选中且正在运行的 Pod',
  ],
  ['Node {node} is down', '节点 {node} 已停机'],
  ['{proxy} answers {status}: {*why}', '{proxy} 应答 {status}：{*why}'],
  ['Pod {pod} refuses the connection: {*why}', 'Pod {pod} 拒绝连接：{*why}'],
  ['nothing listens on port {port}', '没有进程监听端口 {port}'],
  ['container {container} was told to end {ms} ms before', '容器 {container} 在 {ms} 毫秒前被要求结束'],
  ['container {container} does not listen any more', '容器 {container} 不再监听'],
  ['container {container} does not listen yet', '容器 {container} 还没有监听'],
  ['container {container} ended {ms} ms before with {code}', '容器 {container} 在 {ms} 毫秒前以 {code} 结束'],
  ['container {container} does not listen on port {port} yet', '容器 {container} 还没有监听端口 {port}'],
  ['Service {service} has no endpoints in the rules of the node', '在节点的规则里 Service {service} 没有端点'],
  ['Service {service} has no endpoint that is ready', 'Service {service} 没有就绪的端点'],
  [
    'Pod {pod} takes {ms} ms to answer, and the client waits {wait} ms',
    'Pod {pod} 要 {ms} 毫秒才应答，而客户端只等 {wait} 毫秒',
  ],
  [
    'Pod {pod} takes {ms} ms to answer, and {*proxy} waits {wait} ms',
    'Pod {pod} 要 {ms} 毫秒才应答，而 {*proxy} 只等 {wait} 毫秒',
  ],
  ['Pod {pod} has no connection to its database {database}: {*why}', 'Pod {pod} 连不上它的数据库 {database}：{*why}'],
  [
    '{process} could not renew its Lease for {seconds} s, since the API server does not answer: it stops leading and its process ends',
    '{process} 有 {seconds} 秒没能续租 Lease，因为 API server 没有应答：它不再是 leader，进程结束',
  ],
  [
    '{process} could not renew its Lease for {seconds} s, since etcd is too slow: it stops leading and its process ends',
    '{process} 有 {seconds} 秒没能续租 Lease，因为 etcd 太慢：它不再是 leader，进程结束',
  ],
  [
    '{process} leads again {seconds} s after it stopped: the Lease before had run out',
    '{process} 在停止 {seconds} 秒后重新成为 leader：先前的 Lease 已过期',
  ],
  ['no rule is for {path}', '没有规则匹配 {path}'],
  ['no Pod has the address {address} any more', '已没有 Pod 拥有地址 {address}'],
  ['Node {node} is dead: nobody answers', '节点 {node} 已死：没有人应答'],
  ['{node} no longer has rules for Service {service}', '{node} 不再有 Service {service} 的规则'],

  ['custom kinds', '自定义类型'],
];
