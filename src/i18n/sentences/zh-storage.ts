/** Simplified Chinese sentences: autoscalers, storage, quotas, budgets and roles. */
import type { SentencePair } from '../sentences';

export const ZH_STORAGE: readonly SentencePair[] = [
  ["HorizontalPodAutoscaler {name} can't decide: {reason}", 'HorizontalPodAutoscaler {name} 无法决定：{reason}'],
  ['HorizontalPodAutoscaler {name}: {*measure}; {*result}', 'HorizontalPodAutoscaler {name}：{*measure}；{*result}'],
  ['HorizontalPodAutoscaler {name}: {*result}', 'HorizontalPodAutoscaler {name}：{*result}'],
  [
    '{kind} {name} from {from} to {to}, current number of replicas above Spec.MaxReplicas',
    '{kind} {name} 从 {from} 到 {to}，当前副本数高于 Spec.MaxReplicas',
  ],
  [
    '{kind} {name} from {from} to {to}, current number of replicas below Spec.MinReplicas',
    '{kind} {name} 从 {from} 到 {to}，当前副本数低于 Spec.MinReplicas',
  ],
  ['HorizontalPodAutoscaler {name} {result}', 'HorizontalPodAutoscaler {name} {result}'],
  ['{*asked}, {count} within the stabilization window', '{*asked}，稳定窗口内为 {count}'],
  ['{*asked}, at most {count}', '{*asked}，最多 {count}'],
  ['{*asked}, at least {count}', '{*asked}，最少 {count}'],
  ['{*asked}, no faster than to {count}', '{*asked}，一次最快到 {count}'],
  [
    '{metric} {use} % of the requests used, target {target} % asks for {count}',
    '{metric} 使用请求量的 {use} %，目标 {target} % 要求 {count} 个',
  ],
  ['{kind} {name} from {from} to {to}', '{kind} {name} 从 {from} 到 {to}'],
  ['{kind} {name} stays at {count}', '{kind} {name} 保持 {count} 个'],

  [
    'Bound PersistentVolumeClaim {claim} to PersistentVolume {volume} ({size}), which is there for it',
    '将 PersistentVolumeClaim {claim} 绑定到为它准备的 PersistentVolume {volume}（{size}）',
  ],
  [
    'Bound PersistentVolumeClaim {claim} to PersistentVolume {volume} ({size}), the smallest that satisfies its {asked} ({+others})',
    '将 PersistentVolumeClaim {claim} 绑定到 PersistentVolume {volume}（{size}），满足其 {asked} 的最小者（{+others}）',
  ],
  [
    'Bound PersistentVolumeClaim {claim} to PersistentVolume {volume} ({size}), the smallest that satisfies its {asked}',
    '将 PersistentVolumeClaim {claim} 绑定到 PersistentVolume {volume}（{size}），满足其 {asked} 的最小者',
  ],
  [
    'No PersistentVolume for PersistentVolumeClaim {claim}, for there is none',
    '没有 PersistentVolume 给 PersistentVolumeClaim {claim}，因为一个也没有',
  ],
  [
    'No PersistentVolume suits PersistentVolumeClaim {claim}: {+why}',
    '没有 PersistentVolume 适合 PersistentVolumeClaim {claim}：{+why}',
  ],
  [
    'No PersistentVolume for PersistentVolumeClaim {claim}: {+why}',
    '没有 PersistentVolume 给 PersistentVolumeClaim {claim}：{+why}',
  ],
  [
    'No volume can be made for PersistentVolumeClaim {claim}: {why}',
    '无法为 PersistentVolumeClaim {claim} 制备卷：{why}',
  ],
  [
    'Asked the provisioner {driver} for a volume for PersistentVolumeClaim {claim}',
    '请制备器 {driver} 为 PersistentVolumeClaim {claim} 制备卷',
  ],
  [
    'Asked {driver} to attach PersistentVolume {volume} to Node {node}',
    '请 {driver} 将 PersistentVolume {volume} 挂接到节点 {node}',
  ],
  [
    '{driver} attaches PersistentVolume {volume} to Node {node}',
    '{driver} 将 PersistentVolume {volume} 挂接到节点 {node}',
  ],
  ['{driver} makes a volume for PersistentVolumeClaim {claim}', '{driver} 为 PersistentVolumeClaim {claim} 制备卷'],
  [
    '{driver} makes no volume for PersistentVolumeClaim {claim}: {why}',
    '{driver} 没有为 PersistentVolumeClaim {claim} 制备卷：{why}',
  ],
  [
    'Made PersistentVolume {volume} ({size}) for PersistentVolumeClaim {claim}',
    '为 PersistentVolumeClaim {claim} 制备了 PersistentVolume {volume}（{size}）',
  ],
  [
    'Did not attach PersistentVolume {volume} to Node {node}: it is attached to Node {other} and only one node may have it',
    '没有将 PersistentVolume {volume} 挂接到节点 {node}：它挂接在节点 {other} 上，而只有一个节点可以拥有它',
  ],
  [
    'Detaches PersistentVolume {volume} from Node {node}: nobody there needs it any more',
    '从节点 {node} 分离 PersistentVolume {volume}：那里已没有人需要它',
  ],
  [
    'PersistentVolume {volume} is Available, free for any claim',
    'PersistentVolume {volume} 为 Available，可供任何声明使用',
  ],
  ['PersistentVolume {volume} is attached to Node {node}', 'PersistentVolume {volume} 已挂接到节点 {node}'],
  [
    'PersistentVolume {volume} is not attached to Node {node}: {why}',
    'PersistentVolume {volume} 没有挂接到节点 {node}：{why}',
  ],
  [
    'Could not attach PersistentVolume {volume} to Node {node}: {why}',
    '无法将 PersistentVolume {volume} 挂接到节点 {node}：{why}',
  ],
  [
    'PersistentVolume {volume} may go: it is attached nowhere',
    'PersistentVolume {volume} 可以走了：它没有挂接在任何地方',
  ],
  [
    'Node {node} has {count} PersistentVolumes more attached now',
    '节点 {node} 现在多挂接了 {count} 个 PersistentVolume',
  ],
  ['PersistentVolume {volume} is detached from Node {node}', 'PersistentVolume {volume} 已从节点 {node} 分离'],
  ['{kind} {name} may go: nobody uses it', '{kind} {name} 可以走了：没有人使用它'],
  [
    '{kind} {name} is to go, but stays: it is in use by Pod {pod}',
    '{kind} {name} 应该走，但留下：它正被 Pod {pod} 使用',
  ],
  [
    'PersistentVolumeClaim {claim} is waiting for first consumer to be created before binding',
    'PersistentVolumeClaim {claim} 在绑定前等待第一个使用者被创建',
  ],
  [
    'PersistentVolumeClaim {claim} still waits for a volume from the provisioner {driver}',
    'PersistentVolumeClaim {claim} 仍在等制备器 {driver} 的卷',
  ],
  [
    'Released PersistentVolume {volume}: claim {claim} is gone; it is kept with its data until a person decides',
    '释放 PersistentVolume {volume}：声明 {claim} 没有了；它和数据保留到有人决定',
  ],
  [
    'Released PersistentVolume {volume}: claim {claim} is gone; to be reclaimed by {policy}',
    '释放 PersistentVolume {volume}：声明 {claim} 没有了；按 {policy} 回收',
  ],
  [
    '{driver} does not remove PersistentVolume {volume}: persistentvolume {again} is still attached to node {node}',
    '{driver} 没有移除 PersistentVolume {volume}：它仍挂接在节点 {node} 上',
  ],
  [
    'Removed PersistentVolume {volume} and its data: claim {claim} is gone',
    '移除 PersistentVolume {volume} 及其数据：声明 {claim} 没有了',
  ],

  [
    'Counted what ResourceQuota {quota} limits in Namespace {namespace}: {counts}',
    '统计命名空间 {namespace} 中 ResourceQuota {quota} 限制的用量：{counts}',
  ],
  [
    'PodDisruptionBudget {name}: {healthy} of {all} Pods are healthy, {needed} must be, so {allowed} may be disrupted',
    'PodDisruptionBudget {name}：{all} 个 Pod 中 {healthy} 个健康，必须有 {needed} 个，所以可中断 {allowed} 个',
  ],
  ['Names of CustomResourceDefinition {name}: {+why}', 'CustomResourceDefinition {name} 的名称：{+why}'],
  [
    'Established CustomResourceDefinition {name}: {resource} are served',
    'CustomResourceDefinition {name} 已建立：开始提供 {resource}',
  ],
  [
    'Deleting the instances of CustomResourceDefinition {name}: {count} remain',
    '正在删除 CustomResourceDefinition {name} 的实例：还剩 {count} 个',
  ],
  [
    'Let CustomResourceDefinition {name} go: no instances are left',
    '放行 CustomResourceDefinition {name}：没有剩余的实例',
  ],
  [
    'Let CustomResourceDefinition {name} go: deleted its {count} instances',
    '放行 CustomResourceDefinition {name}：删除了它的 {count} 个实例',
  ],
  [
    'Created APIService {name}: a CustomResourceDefinition serves that version',
    '创建 APIService {name}：有 CustomResourceDefinition 提供该版本',
  ],
  [
    'Deleted APIService {name}: no CustomResourceDefinition serves that version any more',
    '删除 APIService {name}：不再有 CustomResourceDefinition 提供该版本',
  ],
  [
    'APIService {name} is available again: metrics-server answers',
    'APIService {name} 恢复可用：metrics-server 又有应答了',
  ],
  [
    'APIService {name} is not available: no metrics-server is ready',
    'APIService {name} 不可用：没有就绪的 metrics-server',
  ],
  ['Nothing is left in the terminating Namespace {namespace}', '正在终止的 Namespace {namespace} 中已没有任何内容'],
  [
    'The terminating Namespace {namespace} stays: the server of {version} does not answer, so that nobody knows what else is in it',
    '正在终止的 Namespace {namespace} 仍然保留：{version} 的服务器没有应答，因此无人知道其中还有什么',
  ],
  [
    'APIService {name} is as its CustomResourceDefinition wants it again',
    'APIService {name} 恢复为 CustomResourceDefinition 所要求的样子',
  ],
  [
    'ClusterRole {role} gathers {count} rules from the ClusterRoles its selectors choose; it had {before}',
    'ClusterRole {role} 从其选择算符选中的 ClusterRole 汇集 {count} 条规则；之前有 {before} 条',
  ],
  [
    'PodDisruptionBudget {name}: {healthy} of {all} Pods healthy, {needed} must be, so {allowed} may be disrupted',
    'PodDisruptionBudget {name}：{all} 个 Pod 中 {healthy} 个健康，必须有 {needed} 个，所以可中断 {allowed} 个',
  ],
  [
    'No PersistentVolume satisfies PersistentVolumeClaim {claim}, for there is none',
    '没有 PersistentVolume 满足 PersistentVolumeClaim {claim}，因为一个也没有',
  ],
  [
    'No PersistentVolume satisfies PersistentVolumeClaim {claim}: {+why}',
    '没有 PersistentVolume 满足 PersistentVolumeClaim {claim}：{+why}',
  ],
  ['PersistentVolumeClaim {claim} stays Pending: {why}', 'PersistentVolumeClaim {claim} 保持 Pending：{why}'],
  [
    'PersistentVolumeClaim {claim} is waiting for pod {pod} to be scheduled',
    'PersistentVolumeClaim {claim} 在等 Pod {pod} 被调度',
  ],
  [
    'PersistentVolumeClaim {claim} waits for its driver to grow its volume',
    'PersistentVolumeClaim {claim} 在等驱动扩大它的卷',
  ],
  [
    'PersistentVolume {volume} is Available, reserved for claim {claim}',
    'PersistentVolume {volume} 为 Available，为声明 {claim} 保留',
  ],
  ['PersistentVolume {volume} is scrubbed and Available again', 'PersistentVolume {volume} 已清空，重新为 Available'],
  [
    'Bound PersistentVolumeClaim {claim} to PersistentVolume {volume} ({size})',
    '将 PersistentVolumeClaim {claim} 绑定到 PersistentVolume {volume}（{size}）',
  ],
  [
    'Asked {count} Pods in the terminating Namespace {namespace} to go, before anything else does: {left} remain',
    '请正在终止的命名空间 {namespace} 中的 {count} 个 Pod 先于其他一切离开：还剩 {left} 个',
  ],
  [
    'Asked {count} Pod in the terminating Namespace {namespace} to go, before anything else does: {left} remain',
    '请正在终止的命名空间 {namespace} 中的 {count} 个 Pod 先于其他一切离开：还剩 {left} 个',
  ],

  // Why a volume is not the one that a claim gets.
  ['{volume} taken by another claim of the Pod', '{volume} 被该 Pod 的另一声明占用'],
  ['{volume} reserved for claim {claim}', '{volume} 留给声明 {claim}'],
  ['{volume} offers {offered}, not {wanted}', '{volume} 提供 {offered}，而不是 {wanted}'],
  ['{volume} too small ({size} < {asked})', '{volume} 太小（{size} < {asked}）'],
  ['{volume} larger than {other}', '{volume} 大于 {other}'],
  ['{volume} offers more modes than {other}', '{volume} 的访问模式比 {other} 多'],
  ['{volume} as large as {other}, which comes first', '{volume} 与 {other} 一样大，而 {other} 在先'],
  ['{volume} has another volume attributes class', '{volume} 的卷属性类不同'],
  ['{volume} is being deleted', '{volume} 正在被删除'],
  ['{volume} the claim waits for its first consumer', '{volume}：声明在等待它的第一个使用者'],
  ['{volume} its labels do not match {selector}', '{volume} 的标签不匹配 {selector}'],
  ['{volume} is of class {name}', '{volume} 的类是 {name}'],
  ['{volume} has no class', '{volume} 没有类'],
  ['{volume} cannot be reached from the node', '从该节点无法访问 {volume}'],
  // The same beside the volume's name.
  ['taken by another claim of the Pod', '被该 Pod 的另一声明占用'],
  ['reserved for claim {claim}', '留给声明 {claim}'],
  ['reserved for a claim that it does not name', '留给它没有指明的声明'],
  ['offers {offered}, not {wanted}', '提供 {offered}，而不是 {wanted}'],
  ['too small ({size} < {asked})', '太小（{size} < {asked}）'],
  ['larger than {other}', '大于 {other}'],
  ['offers more modes than {other}', '访问模式比 {other} 多'],
  ['as large as {other}, which comes first', '与 {other} 一样大，而后者在先'],
  ['has another volume attributes class', '卷属性类不同'],
  ['is being deleted', '正在被删除'],
  ['the claim waits for its first consumer', '声明在等待它的第一个使用者'],
  ['its labels do not match {selector}', '它的标签不匹配 {selector}'],
  ['is of class {name}', '类是 {name}'],
  ['has no class', '没有类'],
  ['cannot be reached from the node', '从该节点无法访问'],
  ['is a {mode} volume', '卷模式是 {mode}'],
  ['is {phase}', '状态是 {phase}'],
];
