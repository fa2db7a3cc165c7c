/** Simplified Chinese: the list of what is simulated, of scenarios, API server, network and custom resources, by its English. */
export const zhLimitsApi: Readonly<Record<string, string>> = {
  Traffic: '流量',
  'Requests of a second are worked out when it is over. Of more than 2,000 a second 1,000 are drawn, and each stands for its share. Clients know the names of Services and the hosts of Ingresses, follow no redirects, keep no cookies and look at no certificates: which Pod a client stays with, sessionAffinity says and its address (clients: how many there are; affinity: ClientIP is one). Ways, samples and counts are kept per second.':
    '每一秒的请求在这一秒结束时算出。每秒超过 2,000 个时只画出 1,000 个，每个代表它的那一份。客户端认识 Service 的名称和 Ingress 的主机名，不跟随重定向，不保存 Cookie，也不查看证书：客户端会固定在哪个 Pod 上，由 sessionAffinity 和它的地址决定（clients：有多少个客户端；affinity: ClientIP 则只有一个）。路径、样本和计数按秒保存。',

  Lessons: '课程',
  'What the run answers to a question after a task is worked out in the run in which that was done as it was done, or as its solution does it where that gives no answer that can be chosen. Whose a hand-in is can not be checked: it is what it says; nor can it be proven that a solution was looked up, only that acts are the same one by one. A goal is met at the first moment, after a step or at a whole second, at which it holds; nowhere in a run in which a status was written by hand.':
    '任务之后的问题，运行给出的答案是在任务按实际做法完成的那次运行里算出的；如果这样得不到可选的答案，就按题解的做法算。无法核实作业是谁交的：它自己怎么写就是谁；也无法证明看过题解，只能看出各个操作逐一相同。目标在它成立的第一个时刻达成，时刻取某一步之后或某个整秒；如果运行中曾手工写过状态，则任何时刻都不算达成。',

  Expectations: '预期',
  'kubestep check holds a run against spec.expect: after every step, at every whole second and at the moments named. Conditions are CEL without static types; list without a namespace looks in all of them, get in default; logs shows the end of what a container printed.':
    'kubestep check 把一次运行与 spec.expect 对照：每一步之后、每个整秒以及写明的时刻。条件是没有静态类型的 CEL；list 不写命名空间时查看所有命名空间，get 则查看 default；logs 给出容器输出的末尾。',

  'Use of CPU and memory': 'CPU 与内存的用量',
  'What a program uses follows from its cpu, memory, disk and processes, or from what stress is told to use; CPU is throttled at the limits of its container and Pod, and shared by requests on a node that has too little, in one level of cgroups. That changes what is measured, not how long programs take. A container over its memory limit is killed at that moment, and so is one of a node whose memory is used up. perRequest counts the requests of sources in the last whole second, and of those that programs send the mean of ten seconds.':
    '程序的用量来自它的 cpu、memory、disk 和 processes，或来自让 stress 占用的量；CPU 在容器和 Pod 的上限处被限流，节点上不够时按请求分配，cgroup 只有一层。这只改变测得的值，不改变程序耗时。容器超过内存上限的那一刻就被杀死；节点内存用尽时，其上的容器也会被杀死。perRequest 统计各请求来源上一个整秒的请求，程序自己发出的请求则取十秒的平均值。',

  'Metrics server': 'Metrics Server',
  'Answers for PodMetrics and NodeMetrics when a program says what it uses, when no programs are described, or when spec.components names metrics-server: the use at its last sample, every 5 s (metric-resolution), with a window of 10 s. A node uses what its Pods use, and what a fault lets run beside them. There is no adapter for custom and external metrics. When it is stopped (component-down) its APIService is unavailable from that moment on, and available again as soon as it has started.':
    '当某个程序说明了自己的用量、没有描述任何程序，或 spec.components 中写了 metrics-server 时，它应答 PodMetrics 和 NodeMetrics：取上一次采样的用量，每 5 秒一次（metric-resolution），窗口为 10 秒。节点的用量是其 Pod 的用量，加上故障让 Pod 之外占用的量。没有自定义指标和外部指标的适配器。它停止（component-down）时，它的 APIService 立即不可用，一启动又立即可用。',

  'Component settings': '组件设置',
  'Flags that have an effect: node-monitor-grace-period, node-startup-grace-period, node-eviction-rate, secondary-node-eviction-rate, unhealthy-zone-threshold, large-cluster-size-threshold, terminated-pod-gc-threshold, endpointslice-updates-batch-period, max-endpoints-per-slice, horizontal-pod-autoscaler-sync-period, -downscale-stabilization, -tolerance, -cpu-initialization-period and -initial-readiness-delay; of the metrics server metric-resolution; of the kubelet serialize-image-pulls, allowed-unsafe-sysctls, eviction-hard, -soft, -soft-grace-period, -minimum-reclaim, -max-pod-grace-period and -pressure-transition-period, image-gc-high-threshold and -low-threshold, minimum-image-ttl-duration and shutdown-grace-period, -critical-pods and -by-pod-priority; of kube-proxy mode (iptables, ipvs, nftables), ipvs-scheduler and the min-sync-period of each mode; of network-plugin enforces-network-policy; of ingress-controller controller-class, ingress-class, watch-ingress-without-class, publish-status-address, publish-service and providers.kubernetescrd.allowcrossnamespace; cloud-controller-manager by being named; of these and the scheduler kube-api-qps and kube-api-burst. Others are accepted and said to have none.':
    '有作用的参数：node-monitor-grace-period、node-startup-grace-period、node-eviction-rate、secondary-node-eviction-rate、unhealthy-zone-threshold、large-cluster-size-threshold、terminated-pod-gc-threshold、endpointslice-updates-batch-period、max-endpoints-per-slice、horizontal-pod-autoscaler-sync-period、-downscale-stabilization、-tolerance、-cpu-initialization-period 和 -initial-readiness-delay；metrics server 的 metric-resolution；kubelet 的 serialize-image-pulls，allowed-unsafe-sysctls，eviction-hard、-soft、-soft-grace-period、-minimum-reclaim、-max-pod-grace-period 和 -pressure-transition-period，image-gc-high-threshold 和 -low-threshold，minimum-image-ttl-duration，以及 shutdown-grace-period、-critical-pods 和 -by-pod-priority；kube-proxy 的 mode（iptables、ipvs、nftables）、ipvs-scheduler 和各模式的 min-sync-period；network-plugin 的 enforces-network-policy；ingress-controller 的 controller-class、ingress-class、watch-ingress-without-class、publish-status-address、publish-service 和 providers.kubernetescrd.allowcrossnamespace；cloud-controller-manager 只要写出即可；以上组件和调度器的 kube-api-qps 与 kube-api-burst。其他参数会被接受，并说明没有作用。',

  "Waiting for a namespace's default ServiceAccount": '等待命名空间的默认 ServiceAccount',
  'The real API server waits about a second for it to be made; here a Pod that uses it is let in at once.':
    '真实的 API 服务器会等大约一秒，直到它被创建；这里使用它的 Pod 立即获准。',

  'Evictions after conflicts': '冲突之后的驱逐',
  'Requests are atomic here, so the eviction subresource never has to try again after a lost race.':
    '这里的请求是原子的，所以 eviction 子资源从不需要在竞争失败后重试。',

  'API server flags of admission plugins': 'API 服务器的准入插件参数',
  'Plugins run with their defaults; default-not-ready-toleration-seconds and default-unreachable-toleration-seconds are always 300.':
    '插件以默认设置运行；default-not-ready-toleration-seconds 和 default-unreachable-toleration-seconds 始终为 300。',

  'Mountable-secrets enforcement': '强制检查可挂载的 Secret',
  'The annotation kubernetes.io/enforce-mountable-secrets of ServiceAccounts has no effect.':
    'ServiceAccount 的注解 kubernetes.io/enforce-mountable-secrets 没有作用。',

  Admission: '准入',
  'Only built-in plugins for the simulated kinds run: NamespaceLifecycle, LimitRanger, ServiceAccount, NodeRestriction, TaintNodesByCondition, PodSecurity, Priority, DefaultTolerationSeconds, DefaultStorageClass, StorageObjectInUseProtection, PersistentVolumeClaimResize, RuntimeClass, DefaultIngressClass, PodTopologyLabels, PodResizeValidator, ValidatingAdmissionPolicy and ResourceQuota. Webhook configurations and APIServices are stored and checked, and whoever makes one is told that nothing is called and nothing served by it: nothing is refused either while the server behind failurePolicy Fail is not there, as a real cluster would; there is no MutatingAdmissionPolicy. NodeRestriction lets a Node come with any labels, as its scenario gives them, and one of the beginning lose the taint of new ones; what mirror Pods refer to, the rest of a claim whose status is written, tokens and certificates are not looked at. Of subresources policies are asked of status and scale only, names of API groups and versions in their rules are not looked at, what audit annotations say is kept nowhere, and a kind of parameters that is defined after its policy counts at once, where a real API server may take half a minute.':
    '只运行针对所模拟类型的内置插件：NamespaceLifecycle、LimitRanger、ServiceAccount、NodeRestriction、TaintNodesByCondition、PodSecurity、Priority、DefaultTolerationSeconds、DefaultStorageClass、StorageObjectInUseProtection、PersistentVolumeClaimResize、RuntimeClass、DefaultIngressClass、PodTopologyLabels、PodResizeValidator、ValidatingAdmissionPolicy 和 ResourceQuota。Webhook 配置和 APIService 会被保存和校验，创建者会得知它们不会引发任何调用，也不提供任何服务：failurePolicy 为 Fail 而其服务器不在时，也不会像真实集群那样拒绝请求；没有 MutatingAdmissionPolicy。NodeRestriction 允许 Node 带着场景所给的任何标签出现，也允许一开始就有的 Node 没有新 Node 的污点；不检查镜像 Pod 引用了什么、写声明状态时声明的其余部分，以及令牌和证书。子资源中策略只针对 status 和 scale 求值，规则中 API 组和版本的名称不作检查，审计注解的内容不记录在任何地方；在策略之后才定义的参数种类立即生效，而真实的 API server 可能要半分钟。',

  'Quotas and limit ranges': '配额与 LimitRange',
  'Admission reads them live, where a real API server may lag by a moment; a new quota counts at once, as the documents of a text are applied in one moment; of several LimitRanges the first by name counts first; resources that a configuration of the API server limits without a quota, and ResourceClaims, are left out.':
    '准入读取它们的实时状态，真实的 API 服务器可能滞后片刻；新配额立即生效，因为一份文本的各个文档在同一时刻应用；有多个 LimitRange 时按名称排在前面的先生效；API 服务器配置中规定没有配额就不得使用的资源，以及 ResourceClaim，均略去。',

  'Server-side apply': '服务器端应用',
  'Field managers are worked out from the past of an object. Fields that the server sets on creation are told by what they usually are; the limit of ten managers that update, and conflicts between managers in several versions of a kind, are left out.':
    '字段管理器由对象的历史推算。服务器在创建时设置的字段按其通常的值辨认；最多十个执行更新的管理器这一限制，以及同一类型多个版本的管理器之间的冲突，均略去。',

  'Pod security standards': 'Pod 安全标准',
  'The enforce and warn labels are obeyed with the checks of 1.36; an older version that a label names leaves out only what is new since 1.34. Audit labels are validated but noted nowhere.':
    '按 1.36 的检查执行 enforce 和 warn 标签；标签写了较旧的版本时，只去掉 1.34 以来新增的检查。audit 标签会被校验，但不作任何记录。',

  'pod-template-hash values': 'pod-template-hash 的值',
  "The hash of a Pod template is computed over its JSON, not over Go's memory dump, so names of ReplicaSets and of a DaemonSet's revisions differ from a real cluster's; those of a StatefulSet's revisions don't. The same template always gives the same name.":
    'Pod 模板的哈希由其 JSON 算出，而不是由 Go 的内存转储算出，所以 ReplicaSet 的名称和 DaemonSet 修订版本的名称与真实集群不同；StatefulSet 修订版本的名称则相同。同样的模板总是得到同样的名称。',

  'Duplicate keys in JSON': 'JSON 中的重复键',
  'An object that names a field twice is not reported as a duplicate field by the API server; duplicate keys in YAML are found when the text is parsed.':
    '对象把同一个字段写了两次时，API 服务器不报告字段重复；YAML 中的重复键在解析文本时发现。',

  'Precision of quantities and times': '数量与时间的精度',
  'Quantities are exact for storing and comparing, but components calculate with numbers that are exact up to 2^53; MicroTime keeps milliseconds; bytes given as lists of numbers are refused.':
    '数量的存储和比较是精确的，但组件计算时所用的数只精确到 2^53；MicroTime 保留到毫秒；以数字列表给出的字节会被拒绝。',

  'Volumes of particular vendors': '特定厂商的卷',
  'gcePersistentDisk, awsElasticBlockStore, rbd, cephfs and the like are checked for their required fields only; azureDisk and fc for more.':
    'gcePersistentDisk、awsElasticBlockStore、rbd、cephfs 等只检查必需字段；azureDisk 和 fc 检查得更多。',

  'Windows Pods': 'Windows Pod',
  'There are no nodes for them. What they may not ask for is refused; of windowsOptions only gmsaCredentialSpecName is checked, and host processes are not.':
    '没有可供它们运行的节点。它们不得要求的内容会被拒绝；windowsOptions 中只检查 gmsaCredentialSpecName，不检查主机进程。',

  'Dynamic resource allocation': '动态资源分配',
  'resourceClaims of Pods and their use by containers are checked; nothing makes claims or allocates devices, so a Pod that asks for one waits to be scheduled, without an Event.':
    '检查 Pod 的 resourceClaims 及容器对它们的使用；没有谁创建声明或分配设备，因此请求声明的 Pod 会一直等待调度，也没有 Event。',

  'Cluster IP range': '集群 IP 范围',
  'One IPv4 range, 10.96.0.0/12, as in a single-stack cluster; node ports 30000-32767. IPv6 and dual-stack addresses are refused as such a cluster refuses them.':
    '只有一个 IPv4 范围 10.96.0.0/12，与单栈集群相同；节点端口为 30000-32767。IPv6 和双栈地址会像在这样的集群里一样被拒绝。',

  'Old seccomp annotations': '旧的 seccomp 注解',
  'The annotations that came before the securityContext fields are not checked.':
    '不检查 securityContext 字段出现之前的那些注解。',

  'Privileged containers': '特权容器',
  'They are allowed, as in clusters made by the usual installers (--allow-privileged=true).':
    '允许，与常用安装工具建立的集群相同（--allow-privileged=true）。',

  Requests: '请求',
  'A request is atomic and takes no virtual time unless etcd is slow; a change reaches whoever watches it 10 ms after it is stored. Client-side rate limits hold only where kube-api-qps is set.':
    '请求是原子的，除非 etcd 变慢，否则不占虚拟时间；变更在保存后 10 毫秒到达监视它的一方。只有设置了 kube-api-qps 才有客户端限速。',

  'Authentication and authorization': '认证与鉴权',
  'Components and people are known by the users and groups that kubeadm gives them, or by whom they impersonate; whoever asks is believed. The node authorizer and the roles of RBAC then decide, as with --authorization-mode=Node,RBAC. Certificates are neither checked nor signed (CertificateSigningRequest is not there: name a user by `as:` or --as), and informers go on watching when their rights are taken away.':
    '组件和人以 kubeadm 所给的用户和组为身份，或以所扮演的身份出现；自称是谁就信是谁。随后由节点鉴权器和 RBAC 的角色决定，与 --authorization-mode=Node,RBAC 相同。证书既不检查也不签发（没有 CertificateSigningRequest：用 `as:` 或 --as 指定用户）；权限被收回后，informer 仍继续监视。',

  Events: '事件',
  'They do not expire after an hour; of a series of Events that the scheduler tells only the second is counted; those written while the API server does not answer are lost. What a source remembers of its Events is bounded by objects, not by messages, and of more than ten similar ones the newest is forgotten.':
    '事件不会在一小时后过期；调度器重复的一系列事件只计到第二次；API 服务器不应答期间写的事件会丢失。事件源记住的内容按对象数而不是按消息数限制；相似的事件超过十个时，最新的那个被遗忘。',

  'A fresh control plane': '全新的控制平面',
  'At time 0 there are the four system namespaces with their default ServiceAccounts, the two priority classes of the system and the kubernetes Service, and the roles and bindings of RBAC and the APIServices, which stand before the first revision; no EndpointSlice of the API server, flow schemas or Pods of the control plane.':
    '时间 0 时有四个系统命名空间及其默认 ServiceAccount、系统的两个优先级类和 kubernetes Service，还有先于第一个修订版本就存在的 RBAC 角色与绑定以及 APIService；没有 API 服务器的 EndpointSlice、FlowSchema 和控制平面的 Pod。',

  'Load balancers of a cloud': '云的负载均衡器',
  'With components: {cloud-controller-manager: {}} Services of type LoadBalancer get an address ten seconds after they ask for one; without, they stay pending as on bare machines.':
    '写了 components: {cloud-controller-manager: {}} 时，LoadBalancer 类型的 Service 在请求地址十秒后得到它；否则像在裸机上一样一直等待。',

  'kube-proxy and cluster DNS': 'kube-proxy 与集群 DNS',
  'One kube-proxy per node programs its rules (iptables, ipvs or nftables) after its own watch and its minimal sync period; programming takes no time; connections of UDP last for one datagram; ports of SCTP get their endpoints, rules and names, but nothing speaks it: no program, probe or source of requests. Cluster DNS answers under 10.96.0.10 beside the cluster: it has no Pods, Service or ConfigMap. A hop takes no time; for a second after its containers have ended the address of a Pod refuses, then nothing answers there; nothing outside the cluster is there to be reached.':
    '每个节点一个 kube-proxy，在自己的监视和最小同步间隔之后设置规则（iptables、ipvs 或 nftables）；设置规则不花时间；UDP 连接只维持一个数据报；SCTP 端口有端点、规则和名称，但没有谁使用这个协议：程序、探针和请求来源都不用。集群 DNS 在集群之外以 10.96.0.10 应答：它没有 Pod、Service 和 ConfigMap。网络的一跳不花时间；容器结束后的一秒内，Pod 的地址拒绝连接，之后那里无人应答；集群之外没有可以到达的东西。',

  'Ingress controllers': 'Ingress 控制器',
  'ingress-nginx, NGINX Gateway Fabric and Traefik are simulated beside the cluster, without Pods (programs behind one see its requests come from the address of the first node): when spec.components names ingress-controller (controller-class, ingress-class, watch-ingress-without-class, publish-status-address, publish-service), or an IngressClass or GatewayClass names their controller. Of ingress-nginx the annotations for rewriting, redirects, timeouts, canaries, aliases, who may come in and basic authentication (any name and password will do) are obeyed, of others it is told that they have no effect; of the Gateway API HTTPRoutes are served, and what is served is accepted and programmed at once, without addresses and conflicts between listeners, and from whichever namespace; filters of single backends, headers of requests and a rewritten host change nothing, and who asks over TLS for a host that no listener and no route has is answered 404, not turned away in the handshake; of Traefik IngressRoute with TraefikService, redirectScheme and stripPrefix (of other Middlewares it is told). nginx draws endpoints and weighted backends at random, Traefik takes turns by weight.':
    'ingress-nginx、NGINX Gateway Fabric 和 Traefik 在集群之外模拟，没有 Pod（其后的程序看到请求来自第一个节点的地址）：条件是 spec.components 中写了 ingress-controller（controller-class、ingress-class、watch-ingress-without-class、publish-status-address、publish-service），或者某个 IngressClass 或 GatewayClass 指明了它们的控制器。ingress-nginx 的注解中，改写、重定向、超时、金丝雀、别名、来源限制和基本认证（任何用户名和密码都可以）起作用，其他的会说明没有作用；Gateway API 中只支持 HTTPRoute，所支持的内容立即被接受并设置好，没有地址，不判断监听器之间的冲突，也不论来自哪个命名空间；单个后端的过滤器、对请求标头的修改和改写的主机名不起作用；用 TLS 访问监听器和路由都没有的主机时应答 404，而不是在握手时拒绝；Traefik 中支持 IngressRoute，带 TraefikService、redirectScheme 和 stripPrefix（其他 Middleware 会说明没有作用）。nginx 随机选取端点和带权重的后端，Traefik 按权重轮流。',

  NetworkPolicies: 'NetworkPolicy',
  'Obeyed when components say network-plugin: {enforces-network-policy: true}, at once and for new connections; else they are stored and checked, and their documents are said to have no effect. Clients outside have addresses of 203.0.113.0/24, one each, and no address is ever rewritten on its way. Cluster DNS counts as Pods labelled k8s-app: kube-dns in kube-system, an Ingress controller as a Pod with the labels of its chart in a namespace of its name, where the scenario has no Pod with them.':
    'components 中写了 network-plugin: {enforces-network-policy: true} 时立即执行，对新连接生效；否则只保存和校验，并说明这些文档没有作用。集群外的客户端各有一个 203.0.113.0/24 中的地址，途中不改写任何地址。集群 DNS 视为 kube-system 中带标签 k8s-app: kube-dns 的 Pod；Ingress 控制器视为与它同名的命名空间里带其 chart 标签的 Pod，除非场景里有带这些标签的 Pod。',

  'Expressions in CEL': 'CEL 表达式',
  'x-kubernetes-validations and ValidatingAdmissionPolicies are compiled and evaluated by an evaluator of our own, which has a budget for each expression. Names, functions, fields and simple types are checked before, lists, maps and objects only as they meet; what rules may cost is estimated as upstream does, what they do cost is counted in other units; unsigned numbers are whole numbers once types are checked; messages and time zones are not there, and the authorizer of policies looks at no selectors. Lists that are sets or maps are compared in their order, and what broke a rule before and stays as it is gets no warning.':
    'x-kubernetes-validations 和 ValidatingAdmissionPolicy 由我们自己的求值器编译和求值，每个表达式有一份预算。名称、函数、字段和简单类型事先检查，列表、映射和对象只在遇到时检查；规则可能的成本与上游一样估算，实际成本则以另外的单位计算；检查类型之后无符号数就是整数；没有消息类型和时区，策略的 authorizer 不看选择算符。作为集合或映射的列表按顺序比较；先前就违反规则而保持不变的内容不会得到警告。',

  'Conversion webhooks': '转换 Webhook',
  'Versions of a custom kind differ in their apiVersion and schema only, as with the strategy None.':
    '自定义类型的各版本只有 apiVersion 和模式不同，与策略 None 相同。',

  'Formats of texts': '文本格式',
  'bsonobjectid, isbn, creditcard, ssn and rgbcolor accept every text; email, hostname and uri are checked by simpler rules.':
    'bsonobjectid、isbn、creditcard、ssn 和 rgbcolor 接受任何文本；email、hostname 和 uri 按较简单的规则检查。',

  'The first seconds of a new kind': '新类型的最初几秒',
  'Its resources are served and discovered as soon as its definition is established; a real API server makes the first writes wait up to two seconds.':
    '定义一经 Established，其资源就能访问和发现；真实的 API 服务器会让最初的写操作最多等两秒。',

  'Conditions of definitions': '定义的状况',
  'NamesAccepted, Established and Terminating; what only definitions from before v1 can get is left out.':
    'NamesAccepted、Established 和 Terminating；只有 v1 之前的定义才会有的状况略去。',

  'Programs that wait for a first act': '等待首个操作的程序',
  'A Vault that is not in dev mode is ready once vault operator init and unseal have been run in it, keeps nothing else, and begins sealed again. Others (cockroach init, the members of a Redis Cluster, Consul before it has a leader) are ready at once.':
    '不处于开发模式的 Vault 要在其中运行 vault operator init 和 unseal 之后才就绪，此外什么也不保存，重新启动后又是封存的。其他程序（cockroach init、Redis Cluster 的成员、还没有 leader 的 Consul）立即就绪。',
  'Programs that act on custom resources': '对自定义资源作出反应的程序',
  'Operators run as Pods of their image and do nothing: no Certificate becomes a Secret, no Kafka a broker. Custom resources are checked, stored and served; only those of the Gateway API and of Traefik have an effect. What a Pod of theirs mounts is there only where a few well-known programs make it (Secrets of ingress-nginx, Argo CD, MetalLB, KEDA, Contour and Envoy Gateway, the root certificate of Istio).':
    'Operator 以其镜像的 Pod 运行，但什么也不做：Certificate 不会变成 Secret，Kafka 不会变成 broker。自定义资源会被校验、存储和提供；只有 Gateway API 和 Traefik 的资源有效果。它们的 Pod 所挂载的东西，只有在少数知名程序会创建时才存在（ingress-nginx、Argo CD、MetalLB、KEDA、Contour 和 Envoy Gateway 的 Secret，Istio 的根证书）。',

  'Defaults inside embedded objects': '嵌入对象中的默认值',
  'Defaults in the metadata of embedded objects are not held against the rules of metadata.':
    '嵌入对象的 metadata 中的默认值不按 metadata 的规则检查。',
};
