/** Simplified Chinese: the list of what is simulated, of scheduler, kubelet and storage, by its English. */
export const zhLimitsNodes: Readonly<Record<string, string>> = {
  'Scheduling speed': '调度速度',
  "Every attempt takes 1 ms, and binding is a cycle of its own after it; the real scheduler's rate limit on API calls (50 per second) holds only when kube-api-qps is set.":
    '每次尝试花 1 毫秒，绑定是其后单独的一个周期；真实调度器对 API 调用的速率限制（每秒 50 次）只有设置了 kube-api-qps 才有。',

  'Scheduler plugins for devices and groups': '设备与组的调度器插件',
  'NodeDeclaredFeatures and GangScheduling do not run; of DynamicResources only the message for Pods without claims is there.':
    'NodeDeclaredFeatures 和 GangScheduling 不运行；DynamicResources 只有针对没有声明的 Pod 的消息。',

  'Scheduler configuration': '调度器配置',
  "There is one profile, default-scheduler, with upstream's default plugins, order, weights and arguments; extenders, addedAffinity, default constraints of your own and percentageOfNodesToScore can't be set.":
    '只有一个配置文件 default-scheduler，采用上游默认的插件、顺序、权重和参数；不能设置扩展程序、addedAffinity、自己的默认约束和 percentageOfNodesToScore。',

  'Order of nodes in a search': '查找时节点的顺序',
  'Zones take turns as in the real scheduler, but zones and nodes are ordered by name, not by when they joined. It matters only in ties and in clusters of 100 nodes or more.':
    '与真实调度器一样各可用区轮流，但可用区和节点按名称排序，而不是按加入的时间。只有在得分并列时，以及在 100 个节点以上的集群里才有影响。',

  'Ties between equal nodes': '节点得分并列',
  "The winner is drawn from the scenario's seed; a real cluster draws anew each time.":
    '胜出者由场景的种子抽取；真实集群每次重新抽取。',

  Preemption: '抢占',
  'Victims are deleted in the same step in which the node is nominated; the real scheduler does it right after, in the background.':
    '在提名节点的同一步中删除牺牲者；真实调度器紧接其后在后台删除。',

  'In-place resize and scheduling': '就地调整大小与调度',
  'A placed Pod counts with the requests of its spec from the moment of the resize; a real scheduler counts the larger of old and new until the kubelet has made it smaller, some ms later.':
    '已放置的 Pod 从调整的那一刻起按其 spec 的请求计算；真实调度器取新旧两者中较大的，直到 kubelet 在若干毫秒后把它调小。',

  'Default spreading': '默认的分布约束',
  'Only the owners that are simulated (ReplicaSets so far) and Services contribute selectors.':
    '只有所模拟的属主（目前是 ReplicaSet）和 Service 提供选择算符。',

  'Pods that change while they are being bound': '绑定过程中变更的 Pod',
  'Such a Pod counts with what it asks for now; the real scheduler goes on with what it was until the binding comes back.':
    '这样的 Pod 按它现在的请求计算；真实调度器沿用它原来的样子，直到绑定返回。',

  'Evidence of attempts in large clusters': '大集群中调度尝试的依据',
  "Of more than 100 nodes, 100 verdicts are kept per attempt, always with the chosen node's; the rest are counted.":
    '节点超过 100 个时，每次尝试保留 100 个结论，其中总有选中的节点；其余的只计数。',

  'Runtime handlers': '运行时处理程序',
  'Every node has the handlers of a plain containerd, runc and none; a Pod whose RuntimeClass names another one gets FailedCreatePodSandBox.':
    '每个节点都有普通 containerd 的处理程序：runc 和无；RuntimeClass 指定其他处理程序的 Pod 得到 FailedCreatePodSandBox。',

  'Life of Pods on a node': '节点上 Pod 的一生',
  'Sandbox and address, serialised image pulls, pull policies and back-off, init containers, sidecars, ephemeral containers, resizing in place, hooks, probes (http, tcp, exec, grpc), restart policies and rules of Pods and containers, CrashLoopBackOff, termination messages, grace period, SIGTERM and SIGKILL, active deadline, statuses, conditions and Events of 1.36.':
    '沙箱与地址、串行拉取镜像、拉取策略与退避、Init 容器、边车容器、临时容器、就地调整大小、回调、探针（http、tcp、exec、grpc）、Pod 与容器的重启策略和规则、CrashLoopBackOff、终止消息、宽限期、SIGTERM 和 SIGKILL、活跃期限，以及 1.36 的状态、状况和事件。',

  'Container events are noticed at once': '容器事件立即被察觉',
  'The real kubelet looks every second; here only what follows a failed start or a second exit waits that second. Waits of the Pod worker, which the real one stretches by up to half at random, are always a quarter longer.':
    '真实的 kubelet 每秒查看一次；这里只有启动失败或第二次退出之后的处理才等这一秒。Pod 工作协程的等待，真实的会随机延长最多一半，这里总是延长四分之一。',

  'First probe of a new kubelet': '新 kubelet 的第一次探测',
  'The random first delay of probes within the first period of a freshly started kubelet is left out. What a probe is answered is found out as it is asked, and told when it comes, without a delay of the network.':
    'kubelet 刚启动时，探针在第一个周期内的随机初始延迟略去。探针的应答在询问时即已确定，到达时才生效，没有网络延迟。',

  'Servers and their ports': '服务器与它们的端口',
  Programs: '程序',
  'A server whose port another program in its network has says so and ends: nginx, Apache, Redis, MySQL, MariaDB, PostgreSQL, memcached and BusyBox in their own words, of Python the beginning and the end of its traceback, any other in the words of Go; all tries of nginx stand in its log at once. Where a program listens of which nothing is known is what its manifest declares, and that is kept from no other. A container has one server: of several that its script begins the one that is known best listens, and answers until the last has ended.':
    '端口已被同一网络中的另一个程序占用的服务器会说明这一点并结束：nginx、Apache、Redis、MySQL、MariaDB、PostgreSQL、memcached 和 BusyBox 用它们自己的话，Python 只有回溯的开头和结尾，其余的都用 Go 的话；nginx 的所有尝试同时写进日志。一无所知的程序监听清单声明的端口，这个端口也不会因此拒绝别的程序。一个容器只有一个服务器：脚本启动多个时，由最为人所知的那个监听，并应答到最后一个结束为止。',
  "What a container does comes from the scenario's programs, the built-in catalogue of images or a POSIX shell with its everyday utilities. Left out of the language: select, process substitution but for < <(…), braces in braces; of shells aliases and the limits that ulimit sets; of utilities: sed's w, functions of bc, what xargs -P runs at once (one by one here), the texts of usage (an option that a utility has not is refused by the everyday ones, and passed over by the rest), hard links (they are copies), vi, watch, dmesg, arp, traceroute, expand and unexpand (not found); files in a memory emptyDir are charged to the first running container that mounts it for writing; what xargs, find and awk run is to end at once where it is a shell; what dd and truncate write has a size, and is read as zeroes up to 64 KiB, else as nothing; /dev/urandom gives the same bytes within a second; curl and wget look at no certificates; with hostPID a program sees the processes of its own container alone, and /proc tells of none; the pause of a Pod that shares its processes takes no signals; nc -l takes connections in a container's own program, not in one that exec has begun, and what answers them is said beforehand; of a text that python, perl or node is given on its command line only what it prints as it stands there, its sleeps and its exit are carried out, of Python also conditions and plain assignments, and a file or module of theirs is a program that runs for ever, but for http.server of Python, which lists no directories; as the first process these heed no SIGTERM, unless the word stands in them or they are gunicorn, uvicorn or runserver; apt-get, apk and dnf bring the programs of a package after 3 s, without the network. The servers of the catalogue and http.server of Python log requests of programs, not of load and probes. Which programs an image holds is known of those of the catalogue and of the usual bases; in any other all utilities are taken to be there, and whatever its manifest names in commands, probes and hooks, unless the name itself says that it is missing; a program of which nothing is known runs for ever, but in init containers, and as a command of a Job, it ends well after a second at most. Clients of databases (redis-cli, psql, mysqladmin, mongosh) fail while nobody listens where they ask, look at no passwords and answer little more than a ping, but that Redis keeps what it is told; of scripts that a database is to be made with those of the shell are run, what SQL and JavaScript say is not carried out; other programs of images succeed and say nothing. None of them writes to the API, but those that make Secrets which other Pods of their manifests mount (kube-webhook-certgen, Argo CD, MetalLB, KEDA, Contour, Envoy Gateway): with placeholders, and where their account may; where it may not they go on all the same. Servers of the catalogue listen where arguments, environment and the files of their configuration say; of that of nginx hosts, paths, roots, what is returned and what is passed on are read, not rewrites, conditions and headers, and its directives are those of 1.29 in every version, but for ssl and http2; of Apache ProxyPass and of HAProxy backends by path, whichever host is asked for, and which of their directives and keywords there are, of modules and kinds of which all begin alike nothing but that; a proxy asks whom it passes a request on to, forgets at once who has failed, and only itself counts as asked; the files of configuration that images bring are shorter than the real ones; nginx serves / although its index.html is a directory; told to read its configuration again it makes its templates anew, and has the new one at once, without waiting for names or for a port that another has.":
    '容器做什么，来自场景的 programs、内置的镜像目录，或带有日常工具的 POSIX shell。语言中略去的有：select、除 for < <(…) 之外的进程替换、花括号中的花括号；shell 中略去的有：别名，以及 ulimit 设置的限制；工具中略去的有：sed 的 w，bc 的自定义函数，xargs -P 的并行（这里逐个运行），用法文本（工具没有的选项，日常工具会拒绝，其余的会忽略），硬链接（它们是副本），vi、watch、dmesg、arp、traceroute、expand 和 unexpand（找不到命令）；内存 emptyDir 中的文件计入第一个以可写方式挂载它的运行中容器；xargs、find 和 awk 在 shell 中运行的命令应当立即结束；dd 和 truncate 写的内容有大小，64 KiB 以内读出来是零，更大的读出来是空的；/dev/urandom 在一秒之内给出相同的字节；curl 和 wget 不看证书；使用 hostPID 时程序只看到自己容器的进程，/proc 不显示任何进程；共享进程的 Pod 的 pause 不接受信号；nc -l 只在容器自身的程序中接受连接，在 exec 启动的程序中不接受，应答的内容是事先写好的；在命令行上交给 python、perl 或 node 的代码，只执行其中照原样打印的内容、sleep 和退出，Python 还执行条件和简单赋值；它们的文件或模块则是一个永远运行的程序（Python 的 http.server 除外，它不列目录）；作为首个进程时它们不理会 SIGTERM，除非其文本中有这个词，或者是 gunicorn、uvicorn 或 runserver；apt-get、apk 和 dnf 在 3 秒后装上软件包的程序，不经网络。目录中的服务器和 Python 的 http.server 会记录来自程序的请求，不记录来自负载和探针的请求。镜像里有哪些程序，目录中的镜像和常用基础镜像是已知的；其他任何镜像则认为所有工具都在，清单的命令、探针和回调中写的程序也都在，除非名称本身说明它不存在；一无所知的程序会永远运行，但在 Init 容器中，以及作为 Job 的命令时，它最多一秒后正常结束。数据库客户端（redis-cli、psql、mysqladmin、mongosh）在所连之处无人监听时失败，不看密码，除 ping 之外几乎不应答，只有 Redis 会保存所写的内容；数据库初始化时的脚本中只运行 shell 脚本，SQL 和 JavaScript 的内容不执行；镜像的其他程序成功结束，什么也不打印。它们都不写 API，只有那些创建同一份清单中其他 Pod 所挂载的 Secret 的程序例外（kube-webhook-certgen、Argo CD、MetalLB、KEDA、Contour、Envoy Gateway）：内容是占位符，且账号须有权创建；无权时它们照样继续。目录中的服务器按参数、环境变量和配置文件所说的端口监听；nginx 的配置读取主机、路径、root、直接返回的内容和转发目标，不读重写、条件和标头，各版本都按 1.29 的指令检查（ssl 和 http2 除外）；Apache 读取 ProxyPass，HAProxy 按路径读取后端，不论请求的是哪个主机，并检查指令和关键字是否存在（名称开头都相同的模块和类别只看开头）；代理会去问转发的目标，谁失败过立即忘记，请求数只算在代理自己身上；镜像自带的配置文件比真实的短；nginx 的 index.html 是目录时它仍应答 /；要它重新读取配置时，它会重新生成模板，并立即采用新的配置，不等待域名解析，也不等待被别人占用的端口。',

  'WordPress and its database': 'WordPress 及其数据库',
  'The image asks its database (WORDPRESS_DB_HOST) before each page, and says 500 without. Nobody installs it, so that it sends people to its installation (302); accounts and tables are not looked at, and the entrypoint of old versions does not wait for the database.':
    '镜像在每个页面之前都要查询它的数据库（WORDPRESS_DB_HOST），没有数据库就应答 500。没有人安装它，所以它把来访者送到安装页面（302）；不看账号和表，旧版本的 entrypoint 也不等待数据库。',

  'What a program may use up': '程序可以用掉多少',
  'The processes of a container run a thousand instructions at a time together and then pause for a second; sleeps under a millisecond cost instructions, and hundreds under 50 ms in a row grow up to a second. A process has 1 MB for variables; a container 60 processes, 2 MB and 1,000 files on disk.':
    '一个容器的进程合起来一次运行一千条指令，然后暂停一秒；不到一毫秒的 sleep 计为指令，连续数百次不到 50 毫秒的 sleep 会逐渐变长到一秒。一个进程的变量有 1 MB；一个容器有 60 个进程，磁盘上有 2 MB 和 1,000 个文件。',

  Images: '镜像',
  'An image that is there is found in 10 ms; sizes and digests are made up. A registry that wants credentials (pull: {credentials: HOST}) looks only for which host an image pull secret is, not for names and passwords, also for an image that another Pod has pulled. The image of an image volume is pulled before the first container that starts, and a failure holds back whichever that is; the volume shows those files that are known of the image. Without a program in the scenario an image is taken to be missing when its name or tag says so (nosuch, nonexistent and does-not-exist as words of it, not-found alone as the whole of a part), or when a version of an official image of the catalogue has three digits after its first dot. RabbitMQ, Consul, Elasticsearch and Grafana are known by their names and answer the paths on which they are asked for their health; whatever listens on port 2181 answers ruok as ZooKeeper does.':
    '已有的镜像在 10 毫秒内找到；大小和摘要是虚构的。需要凭据的镜像仓库（pull: {credentials: HOST}）只看镜像拉取 Secret 属于哪个主机，不看用户名和密码；对别的 Pod 已经拉取的镜像也是如此。镜像卷的镜像在第一个容器启动之前拉取，拉取失败会挡住任何要启动的容器；卷显示该镜像中已知的文件。场景中没有写程序时，如果镜像的名称或标签表明它不存在（其中有单词 nosuch、nonexistent 或 does-not-exist，或某一部分整个就是 not-found），或者目录中官方镜像的版本在第一个点之后有三位数字，就认为镜像不存在。RabbitMQ、Consul、Elasticsearch 和 Grafana 按名称识别，并在其健康检查路径上应答；在端口 2181 上监听的程序都像 ZooKeeper 那样应答 ruok。',

  Volumes: '卷',
  'ConfigMap, Secret, downward API and projected volumes give their files at start and again with each sync of the Pod: when its spec, labels or annotations change, when a container is started again, and else every 75 s (the real ones are 60 to 90 s apart). emptyDir and hostPath are shared by those who mount them; who writes more to an emptyDir than its sizeLimit is evicted; tokens and certificates are placeholders. That a disk, an emptyDir in memory or a claim of a block device or CephFS is full is noticed by what dd writes; other claims have no end; an NFS server is there when its address is that of a Service or a Node, when a PersistentVolume names it, or when it is a name. A mount of a directory on a file, or of a file on a directory, is refused only over what is known of the image, and not below another mount. The directory that is made for a subPath which a filled volume lacks is seen by that container alone, until it is started again. What is mounted on /bin hides no programs of the image, on /etc not its accounts, and a container starts where that volume is only read and has no place for the hosts file of the Pod.':
    'ConfigMap、Secret、downward API 和投射卷在启动时给出文件，并随 Pod 的每次同步再次给出：它的 spec、标签或注解变更时，容器重新启动时，此外每 75 秒一次（真实的间隔是 60 到 90 秒）。emptyDir 和 hostPath 由挂载它们的容器共享；写入 emptyDir 超过其 sizeLimit 的 Pod 会被驱逐；令牌和证书是占位内容。磁盘、内存中的 emptyDir 以及块设备或 CephFS 的声明写满时会被察觉，依据是 dd 所写的内容；其他声明没有容量尽头；NFS 服务器在以下情形存在：地址是某个 Service 或 Node 的地址，有 PersistentVolume 写了它，或者它是一个名称。目录挂载到文件上或文件挂载到目录上时，只有挂载点是已知的镜像内容、且不在另一个挂载之下，才会被拒绝。为已填充的卷中缺少的 subPath 创建的目录只有该容器可见，直到它重新启动为止。挂载到 /bin 上的内容不会遮住镜像的程序，挂载到 /etc 上的内容不会遮住镜像的账户；该卷只读、无处放置 Pod 的 hosts 文件时，容器照样启动。',

  'Pressure of memory, disk and process ids': '内存、磁盘与进程 ID 的压力',
  "A container is killed at the moment when its memory limit, its Pod's or the node's memory is used up, as its program's use foretells; the kernel's caches, swap and memory QoS are left out, and the system beside Pods uses nothing unless a fault lets it. Node-pressure eviction, its conditions and image garbage collection follow the real kubelet, which looks every 10 s and every 5 min. Images, containers and volumes share one disk; what volumes hold is known at once, not once a minute. A machine has 32,768 process ids and an inode for each 16 KiB.":
    '容器自己的、它的 Pod 的或节点的内存用尽的那一刻，容器被杀死，时刻由程序的用量推算；内核缓存、交换空间和内存 QoS 略去，除非故障让它占用，否则 Pod 之外的系统什么也不占用。节点压力驱逐、其状况和镜像垃圾收集与真实的 kubelet 相同，分别每 10 秒和每 5 分钟查看一次。镜像、容器和卷共用一块磁盘；卷的用量立即得知，而不是每分钟一次。一台机器有 32,768 个进程 ID，每 16 KiB 有一个 inode。',

  'memory-pressure, disk-pressure, pid-pressure': 'memory-pressure、disk-pressure、pid-pressure',
  'What runs beside Pods takes, at once, so much that nine tenths of the highest threshold are left, and gives it back when the fault heals. The real kubelet has no threshold for process ids by default; while pid-pressure lasts, one of 10 % holds unless eviction-hard names another.':
    'Pod 之外运行的东西立刻占用资源，直到只剩最高阈值的十分之九；故障恢复后归还。真实的 kubelet 默认没有进程 ID 的阈值；pid-pressure 期间，除非 eviction-hard 另有规定，以 10 % 为阈值。',

  'Node admission': '节点准入',
  'Operating system, room for what the node counts, node affinity, host ports and NoExecute taints are checked; devices and topology are not, and no room is made for critical Pods. All capacity is allocatable.':
    '检查操作系统、节点计量的各种资源是否有空间、节点亲和性、主机端口和 NoExecute 污点；不检查设备和拓扑，也不为关键 Pod 腾出空间。所有容量都可分配。',

  'What a container sees of the cluster': '容器看到的集群',
  'Services by name and port, and the variables of Services; a ConfigMap, Secret or Service that a container refers to is looked up as it is at its start. Of the /etc/hosts of its node a Pod with hostNetwork sees localhost alone. A kubelet lets nobody in at its port 10250, whatever their roles.':
    '以名称和端口看到的 Service，以及 Service 的环境变量；容器引用的 ConfigMap、Secret 或 Service 按其启动时的样子查询。带 hostNetwork 的 Pod 只看到节点 /etc/hosts 中的 localhost。无论角色如何，kubelet 在其端口 10250 上不让任何人进入。',

  'Users of images': '镜像的用户',
  'Images run as root except a few of the catalogue and those of organisations that nobody knows, which matters for runAsNonRoot; programs have the user and groups that a security context names, own what they write, and in images of utilities write only into volumes, /tmp and what is theirs; into claims of block devices without fsGroup, and directories of the node, root alone writes until it gives them away. Modes of files keep nobody from reading; of capabilities nginx wants CHOWN, otherwise they and profiles have no effect, but a Localhost profile must be on the node.':
    '镜像以 root 运行，目录中的少数以及无人知晓的组织的镜像除外，这对 runAsNonRoot 有影响；程序具有安全上下文所指定的用户和组，拥有自己写的文件，在工具类镜像中只能写入卷、/tmp 和属于自己的地方；没有 fsGroup 的块设备声明和节点的目录只有 root 能写，除非它把它们交给别人。文件模式不阻止任何人读取；capabilities 中 nginx 需要 CHOWN，此外它们和各种 profile 没有作用，但 Localhost 的 profile 必须在节点上。',

  'All containers that run are stopped at once, not one after the other in reverse order.':
    '所有运行中的容器同时停止，而不是按相反的顺序逐个停止。',

  'Node addresses': '节点地址',
  "The kubelet of a scenario's node chooses its podCIDR (10.244.0.0/24 and on, wider for nodes with more than 254 Pods); the node IPAM controller gives the next ones to Nodes that people make. A deleted Node's block is not given again.":
    '场景中节点的 kubelet 选择自己的 podCIDR（10.244.0.0/24 起，超过 254 个 Pod 的节点用更大的范围）；人创建的 Node 由节点 IPAM 控制器分配后续的地址段。已删除的 Node 的地址段不再分配。',

  'Nodes at time 0': '时间 0 的节点',
  'Nodes without joinsAt have been running before: they are Ready from the start and write no start-up Events. Later ones join NotReady and are Ready a second later.':
    '没有 joinsAt 的节点之前就在运行：它们一开始就是 Ready，也不写启动事件。之后的节点以 NotReady 加入，一秒后 Ready。',

  'Shutdown of a node': '节点关机',
  'The fault node-shutdown is what a person tells the machine: with shutdown-grace-period (and -critical-pods, or -by-pod-priority written 0=60,100000=10) its kubelet ends Pods group by group, then the machine is off until the fault is healed. A kubelet that is down when it strikes does not end anything, and the machine stays on.':
    '故障 node-shutdown 是人让机器关机：设置了 shutdown-grace-period（以及 -critical-pods，或写成 0=60,100000=10 的 -by-pod-priority）时，kubelet 逐组结束 Pod，然后机器关闭，直到故障恢复。发生时 kubelet 没有运行，则什么也不结束，机器保持开机。',

  'Static Pods': '静态 Pod',
  "Manifests of a node's staticPods lie in /etc/kubernetes/manifests as JSON; a file that a Pod writes there must be JSON too, and is noticed with the next heartbeat, within 10 s. Pods from a URL are left out.":
    '节点 staticPods 的清单以 JSON 放在 /etc/kubernetes/manifests 中；Pod 写到那里的文件也必须是 JSON，并在下一次心跳时（10 秒内）被察觉。来自 URL 的 Pod 略去。',

  'A restarted kubelet': '重启后的 kubelet',
  'It asks its machine what runs, a few ms after its start; back-offs begin anew. A stop that it had asked for is finished by the runtime, and a container that was only created is made anew.':
    '它在启动几毫秒后查询机器上运行着什么；退避重新开始。它先前请求的停止由运行时完成，只创建而未启动的容器会重新创建。',

  'Device plugins': '设备插件',
  'Nothing stands in for them.': '没有任何替代。',

  'Storage drivers': '存储驱动',
  "Every class whose provisioner is that of Rook (RBD, CephFS), local-path, minikube's and others' hostpath, NFS, Longhorn or a large cloud gets its volumes from a simulated driver, which needs no installation: making a volume and giving it another VolumeAttributesClass take 1 s, removing, attaching and detaching 0.5 s; no driver refuses a class, and what its parameters say has no effect. CephFS and EFS classes need the parameter that names their file system (fsName, fileSystemId), else they wait, as claims of unknown provisioners do. Drivers never run out of space.":
    '制备器属于 Rook（RBD、CephFS）、local-path、minikube 等的 hostpath、NFS、Longhorn 或大型云的每个存储类，都由一个无需安装的模拟驱动提供卷：创建卷和更换其 VolumeAttributesClass 花 1 秒，移除、挂接和分离花 0.5 秒；驱动不拒绝任何存储类，其参数所写的内容没有作用。CephFS 和 EFS 的存储类需要指明文件系统的参数（fsName、fileSystemId），否则像制备器未知的声明那样等待。驱动的空间永远用不完。',

  'Classes and drivers as objects': '作为对象的存储类与驱动',
  "No StorageClass is there at the beginning. The simulated drivers write no CSIDriver and no CSIStorageCapacity. Drivers register on a node with its first heartbeat after a volume or a CSIDriver names them, with no limit and no topology, and stay registered. Another driver mounts what it has on a node once a CSIDriver names it and a Pod there mounts the kubelet's plugins_registry; nothing stands in for its provisioner and attacher. What a Pod writes itself of a simulated driver (an inline csi volume) is mounted unless a CSIDriver that somebody wrote says no. A cloud's disk that a Pod names itself, what iscsi and fc name and the directory of a local volume are there at once.":
    '一开始没有 StorageClass。模拟驱动不写 CSIDriver 和 CSIStorageCapacity。在有卷或 CSIDriver 提到某个驱动之后，它随节点的下一次心跳在该节点上注册，没有数量限制和拓扑，此后一直保持注册。其他驱动在有同名 CSIDriver、并且节点上有 Pod 挂载 kubelet 的 plugins_registry 之后，就能在该节点上挂载它的卷；没有东西代替它的供应者（provisioner）和挂接者（attacher）。Pod 自己写出的模拟驱动的卷（内联 csi 卷）会被挂载，除非有人写的 CSIDriver 不允许。Pod 自己写出的云磁盘、iscsi 和 fc 所指的存储，以及 local 卷的目录，一开始就在。',

  'Snapshots and clones': '快照与克隆',
  'dataSource and dataSourceRef are stored and checked; the volume that is made is empty.':
    'dataSource 和 dataSourceRef 会被保存和校验；创建的卷是空的。',
};
