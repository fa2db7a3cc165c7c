/** Simplified Chinese: the list of what is simulated, of kubectl and recorded cases, by its English. */
export const zhLimitsKubectl: Readonly<Record<string, string>> = {
  'Order of map values in JSONPath': 'JSONPath 中映射值的顺序',
  "Wildcards and recursive descent visit keys in alphabetical order; the real kubectl's order is random.":
    '通配符和递归下降按字母顺序访问键；真实 kubectl 的顺序是随机的。',

  'kubectl describe pod: volumes': 'kubectl describe pod：卷',
  'Volumes of rbd, iscsi, fc, cephfs, cinder, flexVolume, ephemeral and the rarer cloud kinds are shown as <unknown>.':
    'rbd、iscsi、fc、cephfs、cinder、flexVolume、ephemeral 以及较少见的云卷类型显示为 <unknown>。',

  'kubectl describe: time zone': 'kubectl describe：时区',
  'Times are shown in UTC.': '时间以 UTC 显示。',

  'Order of rows': '各行的顺序',
  "describe limitrange and describe namespace list resources by name, top node lists nodes that are not measured last and by name; the real kubectl's order is random.":
    'describe limitrange 和 describe namespace 按名称列出资源，top node 把没有测量值的节点按名称列在最后；真实 kubectl 的顺序是随机的。',

  'kubectl describe pod: scheduling group; describe node: resource slices':
    'kubectl describe pod：调度组；describe node：ResourceSlice',
  'Pod groups and dynamic resource allocation are not simulated, so their sections never appear.':
    '不模拟 Pod 组和动态资源分配，所以它们的部分从不出现。',

  'kubectl commands': 'kubectl 命令',
  'apply, create (-f, deployment, job, cronjob, configmap, secret, service, ingress, namespace, quota, serviceaccount, token, role, clusterrole, rolebinding, clusterrolebinding, poddisruptionbudget, priorityclass), auth (can-i, reconcile, whoami), run, expose, get, describe, delete, scale, autoscale, top, set (image, env, resources, serviceaccount, selector, subject), rollout (status, history, undo, pause, resume, restart), label, annotate, taint, cordon, uncordon, drain, patch, replace, diff, explain, edit (what standard input holds is saved), wait, events, config (one context), cluster-info (dump), logs, exec, attach, cp, api-resources, api-versions, version, with the flags, words and exit codes of kubectl 1.36.':
    'apply, create (-f, deployment, job, cronjob, configmap, secret, service, ingress, namespace, quota, serviceaccount, token, role, clusterrole, rolebinding, clusterrolebinding, poddisruptionbudget, priorityclass), auth (can-i, reconcile, whoami), run, expose, get, describe, delete, scale, autoscale, top, set (image, env, resources, serviceaccount, selector, subject), rollout (status, history, undo, pause, resume, restart), label, annotate, taint, cordon, uncordon, drain, patch, replace, diff, explain, edit (保存标准输入中的内容), wait, events, config (一个上下文), cluster-info (dump), logs, exec, attach, cp, api-resources, api-versions, version，连同 kubectl 1.36 的参数、用语和退出码。',

  'kubectl -k and apply --applyset': 'kubectl -k 与 apply --applyset',
  'Refused with a message.': '拒绝，并给出消息。',

  'kubectl --raw of OpenAPI documents, metrics and proxies, and deleting collections':
    'kubectl --raw：OpenAPI 文档、指标与代理，以及删除集合',
  'get --raw reads objects, their status, scale and log, lists, what is served, /version and the paths of health; create, replace and delete --raw write one object or part each, as the server would, with dryRun and fieldValidation as the only options of a path. create --raw also evicts Pods, whatever the body says. The other documents and the deletion of a collection are refused with a message.':
    'get --raw 读取对象、它们的 status、scale 与日志、列表、所提供的 API、/version 和健康检查路径；create、replace 和 delete --raw 各写一个对象或其一部分，与服务器的做法相同，路径中只支持 dryRun 和 fieldValidation 选项。create --raw 也能驱逐 Pod，不论请求体写了什么。其他文档和删除集合会被拒绝并给出消息。自定义组没有 APIService。',

  'kubectl get --watch': 'kubectl get --watch',
  'Follows until --request-timeout, a timeout in front of it, until of an action or --until of the command line, else to the end of the timeline (a minute at least); then it ends with code 0.':
    '一直跟随，直到 --request-timeout、写在它前面的 timeout、操作的 until 或命令行的 --until；都没有时直到时间线的末尾（至少一分钟）；然后以退出码 0 结束。',

  'kubectl exec, attach, cp': 'kubectl exec、attach、cp',
  'What is given to exec -i comes at once and then ends, so that a shell opened with -it ends too; exec POD -- sh -c runs lines. attach, and run -i with it, ends like get --watch does, but for --request-timeout, of which attaching knows nothing, before what --rm deletes. Archives of cp and tar are texts that only tar here reads.':
    '交给 exec -i 的内容一次到达，随后结束，所以用 -it 打开的 shell 也会结束；exec POD -- sh -c 可以运行多行。attach 以及带它的 run -i 像 get --watch 那样结束（但 --request-timeout 对它不起作用），先于 --rm 的删除。cp 和 tar 的归档是文本，只有这里的 tar 能读。',

  'kubectl logs': 'kubectl logs',
  'The newest 64 Ki characters of an instance and of the one before it are kept, so that nothing is ever rotated. Several logs come in the order of Pods and containers, where the real order is random. -f ends like get --watch does. Servers of the catalogue print what they say at their start and end, other images nothing but what their shell programs print.':
    '保留一个实例及其前一个实例最新的 64 Ki 个字符，所以从不轮转。多份日志按 Pod 和容器的顺序输出，真实的顺序是随机的。-f 像 get --watch 那样结束。镜像目录中的服务器会打印启动和结束时的输出，其他镜像只打印其 shell 程序的输出。',

  'kubectl port-forward and proxy': 'kubectl port-forward 与 proxy',
  'They check what they are asked for, say what they would reach, and end: nothing outside can connect.':
    '它们检查所请求的内容，说明会连到哪里，然后结束：外部无法连接。',

  'Files and URLs': '文件与 URL',
  'Files are texts: spec.files of the scenario, what was written in the terminal (cat > web.yaml <<EOF, kubectl … > file), and for -f the manifests of the editor by their name or kind (web.yaml, deployment.yaml). URLs are refused; key pairs are not checked.':
    '文件是文本：场景的 spec.files、在终端里写的文件（cat > web.yaml <<EOF、kubectl … > file），对 -f 还有编辑器中的清单，以名称或类型指代（web.yaml、deployment.yaml）。URL 会被拒绝；不检查密钥对。',

  'Waiting commands': '会等待的命令',
  'delete and wait look every 100 ms (every second after 10 s) instead of watching, drain once a second as kubectl does; rollout status sees every change. Evictions of one drain happen one step after another within the same millisecond.':
    'delete 和 wait 每 100 毫秒查看一次（10 秒之后每秒一次），而不是监视；drain 与 kubectl 一样每秒一次；rollout status 看到每次变更。同一次排空的驱逐在同一毫秒内一步接一步地发生。',

  'Contexts, users and clusters': '上下文、用户与集群',
  '--context, --user, --cluster and the like are accepted and have no effect: there is one cluster and one administrator. --as, --as-group, --as-uid and --as-user-extra make somebody else of him.':
    '--context、--user、--cluster 等会被接受但没有作用：只有一个集群和一位管理员。--as、--as-group、--as-uid 和 --as-user-extra 使他成为另一个人。',

  Shell: 'Shell',
  'A command line is split as a shell does: quotes, backslashes, here-documents, redirections, pipes to grep, head, tail, sort, wc -l and kubectl; timeout, cat, echo, ls, rm, touch. Variables, globs, && and ; are not expanded.':
    '命令行像 shell 那样拆分：引号、反斜杠、here-document、重定向、到 grep、head、tail、sort、wc -l 和 kubectl 的管道；timeout、cat、echo、ls、rm、touch。变量、通配符、&& 和 ; 不展开。',

  'Help texts': '帮助文本',
  "--help prints the usage and the flags, not kubectl's descriptions and examples.":
    '--help 打印用法和参数，不含 kubectl 的描述和示例。',

  'Size of a manifest text': '清单文本的大小',
  'At most 4 MB and 10,000 documents; anchors may add at most 100,000 values to a document, and values may be nested 300 deep.':
    '最多 4 MB 和 10,000 个文档；锚点最多给一个文档增加 100,000 个值，值最多嵌套 300 层。',

  'Suffixes in generated container names': '生成的容器名的后缀',
  'create deployment derives the five letters after an image name with dots or underscores from the name instead of drawing them.':
    '镜像名含点或下划线时，create deployment 由镜像名推导后面的五个字母，而不是随机抽取。',

  'What was printed there holds the date and the resourceVersion of the recording.':
    '那里的输出含有录制的日期和 resourceVersion。',

  'The recorded cluster had no storage drivers; here the CephFS class of the seed has one, and its claim is Bound.':
    '录制的集群没有存储驱动；这里种子中的 CephFS 存储类有驱动，所以它的声明是 Bound。',

  'Counts that last for a few ms between two writes are seen or missed by chance; one Event is about the ServiceCIDR of the recording.':
    '在两次写操作之间只维持几毫秒的计数，能否看到是偶然的；有一个事件是关于录制环境的 ServiceCIDR 的。',

  'Which of several budgets of a Pod is looked at is chance there; and documents of time 0 are applied in one moment here, so budgets never find that their Pods are not there yet.':
    '一个 Pod 有多个预算时，那里查看哪一个是偶然的；而且这里时间 0 的文档在同一时刻应用，所以预算从不会发现自己的 Pod 还不在。',

  'IngressClasses were not watched when the case was recorded.': '录制这个用例时没有监视 IngressClass。',

  'An Event there tells how long a pull took to the ms, and the size of a made-up image.':
    '那里的一个事件写明了拉取花了多少毫秒，以及一个虚构镜像的大小。',

  'The taint of a Node that nobody reports for is taken away after 0.2 s; the recording looked before that.':
    '无人上报的 Node 的污点在 0.2 秒后去掉；录制在那之前就查看了。',

  'Complaints about resources of a quota come in the random order of a Go map.':
    '对配额中各资源的报错按 Go 映射的随机顺序出现。',
};
