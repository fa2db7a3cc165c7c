/** Simplified Chinese: what the scenarios of the gallery say of themselves, by their English. */
export const zhDescriptions: Readonly<Record<string, string>> = {
  'The administrator may do anything, and is refused all the same: the request passes authentication and authorization and is stopped at admission, where a policy allows five replicas at most. At 30 s its binding warns instead.':
    '管理员可以做任何事，却照样被拒绝：请求通过了认证和授权，在准入这一关被拦下，那里的策略最多允许五个副本。30 秒时它的绑定改为只警告。',
  'The second stage of the WordPress article: the database has a Pod of its own, WordPress has three. At 40 s the server of one of them ends: only requests that go to it until it runs again are refused. But two nodes joined after the Pods had been placed, and Pods never move: at 70 s the first node dies, and all requests with it. They wait in vain until the node counts as lost, some fifty seconds; then nobody is left to send them to.':
    'WordPress 文章的第二阶段：数据库有自己的 Pod，WordPress 有三个。40 秒时其中一个的服务器结束：只有在它重新运行之前发给它的请求被拒绝。但有两个节点是在 Pod 放好之后才加入的，而 Pod 从不移动：70 秒时第一个节点死掉，所有请求也随之落空。在节点被认定失联之前的大约五十秒里它们白白等待；之后就没有谁可发了。',
  'At 10 s the claim is deleted: it stays Terminating, for its Pod holds it by a finalizer. At 25 s the Pod goes, then the claim, then (policy Delete, once it is detached) the volume and its data. Between, at 15 s, the claim of a Pod that never came to a node goes at once.':
    '10 秒时删除声明：它停在 Terminating，因为它的 Pod 用 finalizer 留住了它。25 秒时 Pod 没了，然后是声明，再然后（策略为 Delete，卸下之后）是卷和其中的数据。其间在 15 秒，一个 Pod 始终没有上节点的声明立即消失。',
  "One Pod's program ends after 3 s with an error, another's ends well but may not under restartPolicy Always, a third may: it is Completed. Watch the waits double.":
    '一个 Pod 的程序 3 秒后出错结束；另一个正常结束，但 restartPolicy 为 Always 不允许它结束；第三个可以结束：它是 Completed。看等待如何翻倍。',
  'node-1 is cut off at 20 s. After 50 s without a heartbeat it is Unknown and tainted; its Pod is not ready, but runs on. When its toleration of 30 s is over it is marked for deletion and replaced, so that for a while both run. It ends when node-1 is back at 130 s.':
    'node-1 在 20 秒时失联。50 秒没有心跳之后它变为 Unknown 并被打上污点；它的 Pod 不再就绪，但继续运行。30 秒的容忍期过后它被标记删除并被替换，于是有一阵子两个都在运行。130 秒时 node-1 回来，它才结束。',
  'The budget wants both of two Pods available, so no eviction is ever allowed: the drain of node-1 asks again every five seconds until its timeout. A third replica makes room; then the same drain goes through.':
    '预算要求两个 Pod 都可用，因此从不允许驱逐：node-1 的排空每五秒再问一次，直到超时。第三个副本带来余量；之后同样的排空就通过了。',
  'The fourth stage of the WordPress article: three Pods, a budget of one that may be missing, no probe. At 40 s node-2 is drained. The budget lets one Pod go at a time, but nobody asks whether its successor is ready: it gets requests before Apache listens, and they are refused.':
    'WordPress 文章的第四阶段：三个 Pod、允许缺一个的预算、没有探针。40 秒时排空 node-2。预算让 Pod 一次走一个，但没有人问接替者是否就绪：它在 Apache 监听之前就收到请求，请求被拒绝。',
  'The budget wants 5 of 6 Pods available. The drain evicts one, is refused the next (429), waits five seconds and tries again, until the node is empty. Then the node comes back.':
    '预算要求 6 个 Pod 中有 5 个可用。排空驱逐一个，下一个被拒绝（429），等五秒再试，直到节点空了。然后节点恢复使用。',
  'All Pods of the Deployment are on node-1, as node-2 joins late. The drain evicts them all in the same moment; until the new ones are ready, nobody answers.':
    'Deployment 的所有 Pod 都在 node-1 上，因为 node-2 加入得晚。排空在同一刻把它们全部驱逐；在新的就绪之前，无人应答。',
  'The Service database has no selector: somebody writes its Endpoints by hand, and they are mirrored to an EndpointSlice. At 10 s the database moves, at 20 s it is found within the cluster, and the Service selects for itself. The Ingress is stored with its class, rules and certificates; nothing routes by it here.':
    'Service database 没有选择算符：有人手写它的 Endpoints，它们被镜像到 EndpointSlice。10 秒时数据库搬家，20 秒时它出现在集群里，Service 自己来选择。Ingress 连同它的类、规则和证书被保存；这里没有谁按它路由。',
  "At 20 s the ConfigMap says blue in place of red. The mounted directory shows it with the next sync of the Pod, at 1:15; the file that was mounted by subPath and the environment variable stay red until the container is made anew. A file of a ConfigMap can't be written to. The second container reads what the first has left in their shared emptyDir, and says goodbye when it gets SIGTERM.":
    '20 秒时 ConfigMap 从 red 改成 blue。挂载的目录在 Pod 下一次同步时显示出来，即 1:15；用 subPath 挂载的文件和环境变量仍是 red，直到容器重新创建。ConfigMap 的文件不能写。第二个容器读第一个留在共享 emptyDir 里的东西，收到 SIGTERM 时道别。',
  'The class says WaitForFirstConsumer: until 10 s nobody makes a volume. Then a Pod comes that may run in zone b only; the scheduler chooses a node, the volume is made there, and only then is the Pod bound. At 30 s a second Pod of the same claim wants zone a: no node fits.':
    '类是 WaitForFirstConsumer：到 10 秒为止没有人创建卷。然后来了一个只能在可用区 b 运行的 Pod；调度器选节点，卷在那里创建，之后 Pod 才被绑定。30 秒时同一声明的第二个 Pod 想去可用区 a：没有节点合适。',
  'Three replicas of nginx behind a Service. At 20 s the image changes, and the Deployment replaces its Pods in turns: with 1 extra and 1 missing allowed, at most 4 Pods exist and at least 2 are available at every step.':
    '一个 Service 后面的三个 nginx 副本。20 秒时镜像改变，Deployment 轮流替换它的 Pod：允许多 1 个、少 1 个，因此每一步最多有 4 个 Pod，至少有 2 个可用。',
  'Five Pods, partition 4: at 20 s the image changes, and only web-4 becomes new. Deleted at 35 s, web-2 comes back in the old version. At 50 s the partition falls to 0, and 3, 2, 1 and 0 follow, each when the one above is Ready.':
    '五个 Pod，partition 为 4：20 秒时镜像改变，只有 web-4 变新。35 秒时删除的 web-2 以旧版本回来。50 秒时 partition 降到 0，3、2、1、0 依次跟上，每个都等上面那个 Ready。',
  'The image of the import is 3Gi large and nobody uses it after 30 s. Every five minutes the kubelet looks how full the disk is; at 10 minutes it is fuller than image-gc-high-threshold, and the image is deleted: no Pod notices. At 11 minutes something fills the disk up to imagefs.available. Now there is no image left to delete, and Pods are evicted: scribbler, which asks for no ephemeral-storage, then journal, which uses more than it asks for; ledger uses less and stays. DiskPressure keeps new Pods away for five minutes.':
    'import 的镜像有 3Gi 大，30 秒之后没有人用它。kubelet 每五分钟看一次磁盘有多满；10 分钟时超过了 image-gc-high-threshold，镜像被删除：没有 Pod 察觉。11 分钟时有东西把磁盘写到 imagefs.available。现在没有镜像可删了，Pod 被驱逐：先是没有请求 ephemeral-storage 的 scribbler，然后是用得比请求多的 journal；ledger 用得更少，留下来。DiskPressure 在五分钟内不让新的 Pod 上来。',
  'never makes a new Pod after 10 s, 20 s, 40 s … and has failed after the seventh, for backoffLimit is 6. on-failure has one Pod whose container the kubelet starts again; its restarts count towards backoffLimit 3, and then the Pod is gone.':
    'never 在 10 秒、20 秒、40 秒……后新建 Pod，第七个之后失败，因为 backoffLimit 是 6。on-failure 只有一个 Pod，它的容器由 kubelet 重新启动；重启次数计入 backoffLimit 3，然后 Pod 就没了。',
  'The LimitRange gives requests and limits to containers that name none, and refuses one that wants more than it allows. A quota of CPU demands that every container says what it wants: as long as there is the LimitRange, it is said for them.':
    'LimitRange 给没有写请求和限制的容器补上，并拒绝要得比允许的多的容器。CPU 的配额要求每个容器都说明要多少：只要有 LimitRange，就替它们说了。',
  'A RoleBinding gives bob the ClusterRole view in one namespace. He lists Pods and is refused when he deletes one; each of his commands says which rule let it through, or at which station it was stopped: authentication, authorization, admission.':
    '一个 RoleBinding 在一个命名空间里给 bob ClusterRole view。他可以列出 Pod，删除时被拒绝；他的每条命令都说明是哪条规则放行，或在哪一关被拦下：认证、授权、准入。',
  'At 23 s node-1 has only 90Mi left, less than eviction-hard wants. At its next look the kubelet reports MemoryPressure, the node is tainted, and Pods are evicted one at a time until 350Mi more than the threshold are there: first those that use more than they ask for, by priority and by how much more; the critical one never. The condition falls five minutes after it was last observed, and then late is scheduled.':
    '23 秒时 node-1 只剩 90Mi，少于 eviction-hard 要求的。kubelet 下一次查看时报告 MemoryPressure，节点被打上污点，Pod 一次一个地被驱逐，直到比阈值多出 350Mi：先是用得比请求多的，按优先级和超出多少排；关键的那个从不驱逐。状况在最后一次观察到之后五分钟解除，然后 late 才被调度。',
  'At 10 s the image is changed to one that does not exist. The kubelet tries again with growing waits; the old Pods stay. At 60 s the error is mended.':
    '10 秒时镜像改成一个不存在的。kubelet 以越来越长的等待重试；旧的 Pod 留着。60 秒时错误被改正。',
  'myapp-1 is made only when myapp-0 is Ready, and each Pod gets a claim of its own. At 20 s a third is wanted; at 35 s only two: myapp-2 goes, but its claim stays, and at 50 s the new myapp-2 takes it up again.':
    'myapp-0 就绪之后才创建 myapp-1，每个 Pod 都得到自己的声明。20 秒时要第三个；35 秒时只要两个：myapp-2 走了，但它的声明留着，50 秒时新的 myapp-2 再次使用它。',
  "The Pod ends by itself after nine lines in nine seconds. The controller writes its uid into the Job's status, takes the finalizer off, counts it, and only then is the Job Complete.":
    'Pod 在九秒里输出九行后自己结束。控制器把它的 uid 写进 Job 的状态，取下 finalizer，把它计数，然后 Job 才是 Complete。',
  'The Pods use far more CPU than the autoscaler aims at, and nothing happens: 50 % of which request? At 60 s the Deployment gets a request; its new Pods are looked at as soon as they have been ready for a window of ten seconds, and then there are six.':
    'Pod 用的 CPU 远超自动扩缩器的目标，却什么也没发生：50 % 是哪个请求量的 50 %？60 秒时 Deployment 得到请求量；它的新 Pod 就绪满十秒的窗口之后就被计入，然后有了六个。',
  'node-2 crashes at 20 s. Its Pod is evicted, but nobody can confirm that it stopped, so db-1 stays Terminating and no new db-1 is made, while the Deployment has its replacement. At 120 s the node is declared out of service, and db-1 comes back elsewhere.':
    'node-2 在 20 秒时崩溃。它的 Pod 被驱逐，但没有人能确认它已停止，于是 db-1 停在 Terminating，不创建新的 db-1，而 Deployment 已有替换。120 秒时节点被宣布停止服务，db-1 在别处回来。',
  'Three Pods on three nodes share 60 requests a second. At 30 s node-3 loses power. Nobody is told: for about 50 s every third request is sent to a Pod that does not answer, and times out. Then the node counts as not ready, its Pod leaves the endpoints, and the proxies of the other nodes send nothing there any more.':
    '三个节点上的三个 Pod 分担每秒 60 个请求。30 秒时 node-3 断电。没有人得到通知：大约 50 秒里，每三个请求就有一个发给不应答的 Pod 而超时。之后节点被认定未就绪，它的 Pod 离开端点，其他节点的代理不再往那里发。',
  'node-2 crashes at 20 s. Its lease runs out, after the grace period it is Unknown and tainted; its Pods are not ready at once, but are replaced only when their tolerations run out. Here they tolerate 20 s instead of the default 300.':
    'node-2 在 20 秒时崩溃。它的 Lease 过期，宽限期之后它变为 Unknown 并被打上污点；它的 Pod 立刻不再就绪，但要等容忍期用完才被替换。这里它们容忍 20 秒，而不是默认的 300 秒。',
  'Each Pod knows its index from JOB_COMPLETION_INDEX, and so do its name, its label and its hostname. backoffLimitPerIndex gives index 3 one more try, 10 s later; the Job ends Failed with completedIndexes 0-2,4 and failedIndexes 3.':
    '每个 Pod 从 JOB_COMPLETION_INDEX 知道自己的索引，它的名称、标签和主机名也带着索引。backoffLimitPerIndex 让索引 3 在 10 秒后再试一次；Job 以 Failed 结束，completedIndexes 为 0-2,4，failedIndexes 为 3。',
  "At 20 s the image changes. The new Pod comes to the other node first (25 % of 1 extra is 1, 25 % of 1 missing is 0), and its volume can't be attached there: Multi-Attach error, for ever. At 60 s the strategy becomes Recreate: the old Pod goes, its volume with it to the other node, and the data is still there: its init container counts the starts in a file of the volume.":
    '20 秒时镜像改变。新的 Pod 先来到另一个节点（1 的 25 % 可多出 1 个，1 的 25 % 可缺少 0 个），而它的卷不能在那里挂接：永远是 Multi-Attach 错误。60 秒时策略改为 Recreate：旧的 Pod 走了，它的卷随之到另一个节点，数据还在：它的 init 容器在卷的一个文件里数启动次数。',
  'The control-plane node k-master is tainted, so the agent runs on the two others. At 15 s a third node joins and gets one at once; at 30 s k-node2 is deleted, and its Pod is collected; at 100 s the DaemonSet learns to tolerate the taint.':
    '控制平面节点 k-master 带污点，因此代理只在另外两个上运行。15 秒时第三个节点加入，立即得到一个；30 秒时删除 k-node2，它的 Pod 被回收；100 秒时 DaemonSet 学会容忍那个污点。',
  'The same ClusterRole gives dave its rules in the namespace dev, and the group managers its rules everywhere. At 20 s the role that gathers gets a rule more, because another ClusterRole now carries the label that it selects.':
    '同一个 ClusterRole 让 dave 在命名空间 dev 里有它的规则，让 managers 组在所有地方有。20 秒时聚合的角色多了一条规则，因为另一个 ClusterRole 现在带上了它所选择的标签。',
  'leak uses 50Mi and 10Mi more each second: 5 s after its start it has reached its limit of 100Mi, and the kernel kills it (OOMKilled, 137), whatever its class. hog has no limit and takes 150Mi a second from 30 s on: before the kubelet looks at its node (every 10 s), the memory of node-1 is used up, and the kernel kills the container with the highest score: oom_score_adj 1000 for BestEffort, 1000 less a thousandth for each thousandth of the memory that is asked for, -997 for Guaranteed.':
    'leak 使用 50Mi，每秒再多 10Mi：启动 5 秒后达到 100Mi 的上限，内核杀死它（OOMKilled，137），不论它是哪一类。hog 没有上限，从 30 秒起每秒拿走 150Mi：在 kubelet 查看节点（每 10 秒一次）之前，node-1 的内存就用完了，内核杀死得分最高的容器：BestEffort 的 oom_score_adj 是 1000；请求内存每占千分之一就减一；Guaranteed 是 -997。',
  'The fifth stage of the WordPress article: a TCP probe on port 80. At 40 s two more Pods are wanted: they get no request before Apache listens, and none fails. At 70 s all Pods are replaced: a probe does not help those that go, since a Pod is told to stop at the moment in which it is deleted, and the nodes hear of it later. Without the probe (an earlier stage) both ends would have lost requests.':
    'WordPress 文章的第五阶段：80 端口上的 TCP 探针。40 秒时要多两个 Pod：Apache 监听之前它们收不到请求，没有请求失败。70 秒时替换所有 Pod：探针帮不了要走的，因为 Pod 在被删除的那一刻就被告知停止，而节点们晚些才得知。没有探针（更早的阶段），两头都会丢请求。',
  'Without a strategy of its own a Deployment of 3 never has fewer than 3 available Pods, and never more than 4.':
    '没有自己的策略时，3 个副本的 Deployment 可用 Pod 从不少于 3 个，总数从不多于 4 个。',
  'The namespace may have two Pods. The third is refused (403) with the numbers: FailedCreate at the ReplicaSet, ReplicaFailure at the Deployment, and tries that come ever later. At 30 s the quota grows; the next try succeeds.':
    '这个命名空间可以有两个 Pod。第三个被拒绝（403），并给出数字：ReplicaSet 上是 FailedCreate，Deployment 上是 ReplicaFailure，重试间隔越来越长。30 秒时配额变大；下一次尝试成功。',
  'shop gets 800m at 8 s while it runs. Asking for 1500m at 15 s finds no room beside batch: PodResizePending, Deferred. When batch is deleted at 25 s the resize goes through. Asking for 3 CPUs, more than the node has, is refused at once.':
    'shop 在 8 秒时运行中得到 800m。15 秒时请求 1500m，在 batch 旁边没有空间：PodResizePending，Deferred。25 秒时 batch 被删除，调整得以进行。请求 3 个 CPU，比节点拥有的还多，立即被拒绝。',
  '50 requests a second reach WordPress through a NodePort. At 40 s it gets a new image. The kubelet tells a container to stop at the moment in which its Pod is deleted; the kube-proxies of the nodes hear of it a little later, and until then go on sending requests to a server that has closed its port: they are refused.':
    '每秒 50 个请求通过 NodePort 到达 WordPress。40 秒时它得到新镜像。Pod 一被删除，kubelet 就让容器停止；各节点的 kube-proxy 稍后才得知，在那之前继续把请求发给已关闭端口的服务器：请求被拒绝。',
  'The same 50 requests a second and the same update. Each container sleeps for 20 s before it is told to stop: by then every node knows that its Pod is on the way out, and nobody sends to it any more. No request fails.':
    '同样的每秒 50 个请求，同样的更新。每个容器在被告知停止之前先 sleep 20 秒：到那时每个节点都知道它的 Pod 要走了，没有人再往那里发。没有请求失败。',
  'The preStop sleep is there, the readiness probe is not. A new Pod counts as ready as soon as its container runs, but Apache needs a moment more before it listens: requests that reach it until then are refused.':
    '有 preStop 的 sleep，没有就绪探针。新 Pod 的容器一运行就算就绪，但 Apache 还要一会儿才监听：在那之前到达的请求被拒绝。',
  'The preStop hook runs first, then SIGTERM, then the program has until the grace period is over, then SIGKILL. With strategy Recreate no new Pod is made before the last old one is gone.':
    '先运行 preStop 钩子，然后是 SIGTERM，程序可以用到宽限期结束，然后是 SIGKILL。策略为 Recreate 时，最后一个旧 Pod 消失之前不创建新的。',
  'Between 30 s and 60 s three workloads are under the same load. The one without a behavior doubles and doubles again; the careful one may add one Pod a minute, and take one away a minute without waiting; the calm one takes the lowest wish of the last minute, so a spike of half a minute passes it by.':
    '30 秒到 60 秒之间，三个工作负载承受同样的负载。没有 behavior 的那个翻倍再翻倍；谨慎的那个每分钟可以加一个 Pod，每分钟也可以不等待地减一个；沉稳的那个取最近一分钟里最低的期望，所以半分钟的尖峰与它无关。',
  'Of 2, 5, 10 and 20Gi the claim for 6Gi gets 10Gi, the smallest that satisfies it, and shows that size. A claim for 30Gi stays Pending. At 30 s the claim goes: its volume is kept with its data, but stays Released, so that the next claim gets 20Gi. At 50 s a person takes the reference to the old claim away, and pv003 is Available again.':
    '在 2、5、10 和 20Gi 中，要 6Gi 的声明得到 10Gi，即满足它的最小的一个，并显示这个大小。要 30Gi 的声明停在 Pending。30 秒时声明没了：它的卷连同数据保留，但一直是 Released，于是下一个声明得到 20Gi。50 秒时有人去掉对旧声明的引用，pv003 又是 Available。',
  'The third stage of the WordPress article. It begins as the second: three Pods on the one node that was there. At 40 s the template gets an anti-affinity, a wish only: each Pod is replaced, and the new ones avoid nodes that have a Pod labelled app=wordpress. The database carries that label too, so its node is avoided as well. Without a probe the replacement loses requests at both ends: new Pods do not listen yet, old ones no longer. At 90 s node-2 dies: only its share of the requests waits in vain, and the others are served.':
    'WordPress 文章的第三阶段。开头与第二阶段相同：三个 Pod 在当时唯一的节点上。40 秒时模板得到反亲和，只是一个愿望：每个 Pod 被替换，新的避开已有带标签 app=wordpress 的 Pod 的节点。数据库也带这个标签，所以它的节点也被避开。没有探针，替换在两头都丢请求：新 Pod 还没监听，旧的已不再监听。90 秒时 node-2 死掉：只有它那一份请求白等，其他的照常得到应答。',
  'node-1 has a manifest in /etc/kubernetes/manifests. Its kubelet runs it and shows a mirror of it to the API server. Deleting the mirror at 10 s changes nothing: it is there again, and the container has not even noticed. A drain at 20 s leaves it alone.':
    'node-1 的 /etc/kubernetes/manifests 里有一个清单。它的 kubelet 运行它，并向 API 服务器展示它的镜像 Pod。10 秒时删除镜像 Pod 什么也不改变：它又在了，容器甚至没有察觉。20 秒时的排空不碰它。',
  'At 15 s a mistyped image stops the update at db-2. At 40 s the template is put right, and nothing happens: the StatefulSet waits for db-2 to be Ready before it does anything, its repair included. Only deleting db-2 at 70 s sets it going again.':
    '15 秒时写错的镜像让更新停在 db-2。40 秒时模板改对了，却什么也没发生：StatefulSet 在 db-2 就绪之前什么也不做，包括修复它。只有 70 秒时删除 db-2 才让它继续。',
  'At 10 s a version is rolled out whose Pods never become ready. After 30 s without progress the Deployment says ProgressDeadlineExceeded. At 60 s it is undone. At no moment is a good Pod lost.':
    '10 秒时推出一个 Pod 永不就绪的版本。30 秒没有进展之后，Deployment 说 ProgressDeadlineExceeded。60 秒时回滚。任何时刻都没有失去一个好的 Pod。',
  'Allow lets the second run start beside the first. Forbid says JobAlreadyActive, and starts the missed run as soon as the old one ends. Replace deletes the old one, so that none ever gets done.':
    'Allow 让第二次运行在第一次旁边开始。Forbid 说 JobAlreadyActive，旧的一结束就开始错过的那次。Replace 删除旧的，所以没有一次能做完。',
  'Three Pods of wordpress use 2 % of the CPU that they ask for; the autoscaler aims at 20 %. From 40 s to 100 s they use 98 %: 3 × 98 ÷ 20 would be 15 Pods, but 6 is the most. For five minutes after the load nothing is taken away, in case it comes back; then all goes down to 3 at once. At 60 s somebody applies the old file with its 3 replicas, and at 140 s somebody scales to 9 by hand: both are overruled at the next look, 15 s later at the latest.':
    '三个 wordpress 的 Pod 使用所请求 CPU 的 2 %；自动扩缩器的目标是 20 %。从 40 秒到 100 秒它们使用 98 %：3 × 98 ÷ 20 会是 15 个 Pod，但最多 6 个。负载结束后的五分钟里什么也不减，以防它再来；然后一次降到 3 个。60 秒时有人应用写着 3 个副本的旧文件，140 秒时有人手动扩到 9 个：两者都在下一次查看时被推翻，最迟 15 秒后。',
  'No class and no volume; a class that is not there; a provisioner that nobody runs; a block device that several nodes want; and one that gets its volume after a second. At 20 s the missing class is made: the claim that named it is bound at the next look, within 15 s.':
    '没有类也没有卷；类不存在；制备器没有人运行；多个节点想要的块设备；还有一个一秒后就得到卷。20 秒时缺少的类被创建：指名它的声明在下一次查看时绑定，15 秒之内。',
  'One host, five paths. No rule: 404. A Pod on whose port nothing listens: 502. A Service without ready endpoints: 503. A Pod that takes longer than the controller waits: 504. Over http, a host with TLS answers 308 and sends people to https; its Secret is missing, so it shows the default certificate.':
    '一个主机，五条路径。没有规则：404。Pod 的端口上没有谁监听：502。Service 没有就绪的端点：503。Pod 花的时间比控制器等的长：504。在 http 上，带 TLS 的主机答 308，让人去 https；它的 Secret 不存在，所以出示默认证书。',
  'Taints, node affinity, requests and host ports. One Pod fits nowhere, and its message counts the reasons; at 20 s the taint is removed and the scheduler tries again.':
    '污点、节点亲和、请求量和主机端口。有一个 Pod 哪里都放不下，它的消息统计了各种原因；20 秒时去掉污点，调度器再试一次。',
  'A ReplicaSet counts the Pods it owns, not those that merely look alike. A bare Pod with the right labels is adopted, a relabelled one is let go and replaced, and deleting in the foreground waits for the last Pod.':
    'ReplicaSet 数的是它拥有的 Pod，而不是只是看起来一样的。标签相符的裸 Pod 被收养，改了标签的被释放并被替换，前台删除会等到最后一个 Pod。',
  'patient loses its Pod to a drain: the rule for DisruptionTarget ignores that, so a backoffLimit of 0 is kept and a new Pod ends the work. final exits with 42, and the Job fails at once although six more attempts were allowed.':
    'patient 因排空失去它的 Pod：DisruptionTarget 的规则忽略这一点，所以 backoffLimit 0 没有被破坏，新的 Pod 完成工作。final 以 42 退出，虽然还允许六次尝试，Job 立即失败。',
  'The first stage of the WordPress article: one Pod with both containers, and 50 requests a second. At 40 s somebody deletes the Pod. Until its successor serves, every request fails: first nobody listens any more, then the nodes know of no endpoint, and when WordPress is up again its database is not, so that it answers 500.':
    'WordPress 文章的第一阶段：两个容器在一个 Pod 里，每秒 50 个请求。40 秒时有人删除 Pod。在接替者开始服务之前，每个请求都失败：先是没有谁再监听，然后是节点们不知道任何端点，等 WordPress 又起来时数据库还没有，于是它应答 500。',
  'Six Redis servers behind a headless Service, each with a name and a claim of its own. At 25 s the first and the last write down their names. At 35 s all six Pods are deleted. They come back in order, each with its name and its claim, so both find their own notes again at 70 s; only the addresses are new.':
    '一个无头 Service 后面的六个 Redis 服务器，各有自己的名字和声明。25 秒时第一个和最后一个写下自己的名字。35 秒时删除全部六个 Pod。它们按顺序回来，各带着自己的名字和声明，所以两个在 70 秒时都找回了自己写下的东西；只有地址是新的。',
};
