/** Simplified Chinese: the list of what is simulated, of controllers and faults, by its English. */
export const zhLimitsControllers: Readonly<Record<string, string>> = {
  "The garbage collector's graph": '垃圾收集器的图',
  'Owners are looked up live and dependents in an index, so there are no virtual nodes, and the cache of absent owners is asked only where the kind of an owner has gone with it; what is collected is the same.':
    '属主直接查询，附属对象从索引中查找，所以没有虚拟节点；只有属主的类型也随之消失时，才查询缺失属主的缓存。被收集的对象相同。',

  Orphaning: '孤立附属对象',
  'All dependents of an owner are orphaned in one step.': '属主的所有附属对象在一步中全部孤立。',

  'Emptying a namespace': '清空命名空间',
  'All objects of a terminating namespace that can go at that moment are deleted in one step; discovery of kinds never fails.':
    '正在终止的命名空间中，当时可以消失的所有对象在一步中删除；类型发现从不失败。',

  'ServiceAccount tokens and the root certificate': 'ServiceAccount 令牌与根证书',
  'Pods mount a token volume as they should, with placeholders in it, as in kube-root-ca.crt. A TokenRequest is answered with a token that says that it is simulated, and a Secret for a token filled with one, which is not removed when nobody uses it. Nothing is signed: a TokenReview goes by what a token says of itself, whatever its audiences, and by whether its ServiceAccount is still there. A program that asks the API server reads objects and lists as the roles of its ServiceAccount allow, /version, /api and health; parts of objects, watches, writes and the rest of discovery are forbidden it, whatever its roles.':
    'Pod 照常挂载令牌卷，其中是占位内容，kube-root-ca.crt 中也是。TokenRequest 得到的令牌会说明自己是模拟的；存放令牌的 Secret 也用这样的令牌填充，无人使用时不会移除。什么都不签名：TokenReview 依据令牌自己所说的内容（不论 audiences）以及它的 ServiceAccount 是否还在。向 API 服务器发出请求的程序可按其 ServiceAccount 的角色读取对象和列表，还可读取 /version、/api 和健康状况；对象的子资源、监视、写入和其余的发现信息，无论它有什么角色，一律被拒绝。',

  'Pod garbage collection': 'Pod 垃圾收集',
  'Runs every 20 s as upstream, but each Pod it deletes is a step of its own.':
    '与上游一样每 20 秒运行一次，但每删除一个 Pod 就是单独一步。',

  'DaemonSets and StatefulSets': 'DaemonSet 与 StatefulSet',
  "Nodes are gone through by name and claims in the order of their templates, upstream in a random one. Pods count as a StatefulSet's only with a canonical ordinal (web-1, not web-01). A StatefulSet that is being deleted makes no further revision. Its maxUnavailable is dropped, since MaxUnavailableStatefulSet is off in 1.36.":
    '节点按名称、声明按模板的顺序逐个处理，上游的顺序是随机的。只有序号写法规范的 Pod 才算 StatefulSet 的 Pod（web-1，而不是 web-01）。正在删除的 StatefulSet 不再产生修订版本。它的 maxUnavailable 会被去掉，因为 MaxUnavailableStatefulSet 在 1.36 中是关闭的。',

  'Pods of a Job': 'Job 的 Pod',
  'What one sync of a Job makes, deletes and counts is one step. Workloads and PodGroups for Jobs, off by default in 1.36, are left out.':
    'Job 一次同步中的创建、删除和计数是一步。1.36 中默认关闭的 Job 的 Workload 和 PodGroup 略去。',

  'Time zones of CronJobs': 'CronJob 的时区',
  "Every name of the IANA database, with the rules that hold from now on: earlier years' other rules and Morocco's Ramadan are left out.":
    'IANA 数据库中的所有名称，采用从现在起有效的规则：早年的其他规则和摩洛哥的斋月略去。',

  'Deprecated rollback annotation': '已弃用的回滚注解',
  "deprecated.deployment.rollback.to is not acted on; kubectl rollout undo rolls back by itself, as today's kubectl does.":
    '不处理 deprecated.deployment.rollback.to；kubectl rollout undo 自己完成回滚，与如今的 kubectl 相同。',

  'No conflicts with itself within one sync': '一次同步中不与自己冲突',
  'Upstream goes on with stale copies after a write, is refused with 409 and retries a few ms later; here the sync goes on with what it wrote. Results are the same, there are fewer retries.':
    '上游在写操作之后继续使用过时的副本，得到 409 拒绝，几毫秒后重试；这里同步以刚写的内容继续。结果相同，只是重试更少。',

  'Progress deadline during its last second': '进度期限的最后一秒',
  'Upstream looks again every few ms during the last second before the deadline; here the moment itself is awaited.':
    '上游在期限前的最后一秒里每隔几毫秒查看一次；这里直接等到那个时刻。',

  'The alpha field that waits for terminating Pods is not simulated; terminatingReplicas is reported (on by default since 1.35).':
    '等待正在终止的 Pod 的这个 Alpha 字段不模拟；terminatingReplicas 会报告（自 1.35 起默认启用）。',

  'Slow start and bursts': '慢启动与突发',
  'At most 500 Pods at a time, in batches of 1, 2, 4 …; the Pods of a batch are made one after the other at the same virtual ms, one step each, where upstream makes them in parallel.':
    '一次最多 500 个 Pod，按 1、2、4……分批；一批中的 Pod 在同一虚拟毫秒内逐个创建，每个一步，上游则是并行创建。',

  'Ties between Pods to delete': '待删除 Pod 不分先后时',
  "Upstream's order is not total where ages fall into one power-of-two bucket; here a fixed sorting algorithm decides, so a run always picks the same Pods.":
    '年龄落在同一个 2 的幂区间时，上游的次序并不完全确定；这里由固定的排序算法决定，所以一次运行总是选中相同的 Pod。',

  'Neighbours on a node': '节点上的邻居',
  'Pods that count as related when choosing what to delete are those owned by ReplicaSets of the same Deployment; upstream also counts others that their selectors match.':
    '选择要删除的 Pod 时，同一 Deployment 的各 ReplicaSet 所拥有的 Pod 算作相关；上游还计入它们的选择算符匹配的其他 Pod。',

  'Pods matched by several budgets': '匹配多个预算的 Pod',
  'Upstream wakes one of the budgets, chosen at random; here all are woken. Evictions are refused as upstream does.':
    '上游唤醒随机选出的一个预算；这里全部唤醒。驱逐被拒绝的情形与上游相同。',

  'Scale of custom controllers': '自定义控制器的扩缩',
  'Kinds that are not simulated count as unknown (no matches for kind).':
    '未模拟的类型视为未知（no matches for kind）。',

  'Order of endpoints, slices and zones': '端点、切片与可用区的顺序',
  "Upstream's order is that of Go maps (random); here it is by name. What CPU the zones have is looked up when topology-mode: Auto asks for it.":
    '上游是 Go 映射的顺序（随机）；这里按名称排序。各可用区有多少 CPU，在 topology-mode: Auto 需要时才查询。',

  'Trigger time': '触发时间',
  'The last-change-trigger-time annotation is the earliest change seen since the last sync; of several changes of one Pod in between upstream takes the last.':
    '注解 last-change-trigger-time 是上次同步以来看到的最早变更的时间；其间同一个 Pod 有多次变更时，上游取最后一次。',

  'Order of watched changes': '监视到的变更的顺序',
  'A component sees the changes of all kinds it watches in one order, that of their revisions; real informers run apart for each kind, so that a Pod may be seen before the Node it is bound to.':
    '组件以同一个顺序（修订版本的顺序）看到它所监视的所有类型的变更；真实的 informer 各类型各自运行，所以可能先看到 Pod，后看到它所绑定的 Node。',

  'Lists after a broken watch': '监视中断之后的列表',
  'A component that was cut off, or whose API server was down, hears 10 ms after that of each object that changed meanwhile, of its last state only (Replaced, or Deleted with its final state unknown); of what did not change it hears nothing, where a real list hands all of it over again. Informers never resync (upstream every 12 to 24 hours).':
    '失联过的组件，或其 API 服务器曾停机的组件，在恢复后 10 毫秒得知其间变更的每个对象，但只有最后状态（Replaced，或最终状态未知的 Deleted）；没有变更的对象则不再通知，而真实的列表会把所有对象重新交出一遍。informer 从不重新同步（上游每 12 到 24 小时一次）。',

  'Overall rate limit of work queues': '工作队列的总速率限制',
  'Retries back off per object (5 ms doubled up to 1000 s); the limit of 10 retries per second over all objects is left out.':
    '重试按对象退避（从 5 毫秒起翻倍，直到 1000 秒）；所有对象合计每秒 10 次重试的限制略去。',

  'Node lifecycle': '节点生命周期',
  "Nodes are tainted when their zone's rate allows it, not on a 100 ms tick; the labels for operating system and architecture, and node.kubernetes.io/exclude-disruption, are left out.":
    '节点在其可用区的速率允许时被打上污点，而不是按 100 毫秒的节拍；操作系统和架构的标签，以及 node.kubernetes.io/exclude-disruption，均略去。',

  "Each write, and each read that etcd must confirm, takes the fault's latency (1 s if it names none), up to 60 s, when the API server gives up; heartbeats of kubelets give up after 10 s. A worker sends its requests one after another, a controller has one worker, and a write can be read from the moment it is sent, though watchers hear of it when it is stored. That etcd itself gives up after 7 s is left out.":
    '每次写操作，以及每次需要 etcd 确认的读操作，都要花故障所写的延迟（不写则为 1 秒），最长 60 秒，到时 API 服务器放弃；kubelet 的心跳 10 秒后放弃。一个工作协程逐个发出请求，一个控制器只有一个工作协程；写入的内容从发出的那一刻起就能读到，但监视者要到它保存时才得知。etcd 自身在 7 秒后放弃的行为略去。',

  'Leader election': '领导者选举',
  'kube-controller-manager and kube-scheduler lose their Lease when they can not renew it for 10 s (etcd-slow of 5 s and more, or an API server that does not answer), end, are started again with the back-off of a kubelet, and lead once the old Lease has run out. So it is after component-down too, which is a crash: nobody lets go of the Lease. Each is the only candidate; renewals are steps only where the scenario names a flag of leader-elect of the process, otherwise the Lease says when it was taken. Kubelets and others that lead nothing go on.':
    'kube-controller-manager 和 kube-scheduler 在 10 秒内无法续约时失去 Lease（etcd-slow 达到 5 秒，或 API 服务器不应答），随即结束，由 kubelet 按退避重新启动，并在旧的 Lease 到期后成为领导者。component-down 之后也是如此，因为它是一次崩溃：没有谁释放 Lease。每个组件都是唯一的候选者；只有场景写了该进程的 leader-elect 参数，续约才成为步骤，否则 Lease 只说明何时取得。kubelet 和其他不做领导者的组件继续运行。',

  'Events that a kubelet would write while it is cut off are lost; statuses are caught up with.':
    'kubelet 失联期间本该写的事件会丢失；状态会补上。',
};
