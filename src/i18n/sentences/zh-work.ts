/** Simplified Chinese sentences: workloads and their controllers. */
import type { SentencePair } from '../sentences';

export const ZH_WORK: readonly SentencePair[] = [
  [
    'Created ReplicaSet {set} with {count} Pods for revision {revision}: {*why}. {*rest}',
    '为修订版本 {revision} 创建带 {count} 个 Pod 的 ReplicaSet {set}：{*why}。{*rest}',
  ],
  [
    'Created ReplicaSet {set} with {count} Pod for revision {revision}: {*why}. {*rest}',
    '为修订版本 {revision} 创建带 {count} 个 Pod 的 ReplicaSet {set}：{*why}。{*rest}',
  ],
  [
    'Created ReplicaSet {set} with {count} Pods for revision {revision}: {*why}',
    '为修订版本 {revision} 创建带 {count} 个 Pod 的 ReplicaSet {set}：{*why}',
  ],
  [
    'Created ReplicaSet {set} with {count} Pod for revision {revision}: {*why}',
    '为修订版本 {revision} 创建带 {count} 个 Pod 的 ReplicaSet {set}：{*why}',
  ],
  ['Updated revision and annotations of ReplicaSet {set}. {*rest}', '更新 ReplicaSet {set} 的修订版本和注解。{*rest}'],
  [
    'Scaled up ReplicaSet {set} from {from} to {to}: {*why}. {*rest}',
    '将 ReplicaSet {set} 从 {from} 扩到 {to}：{*why}。{*rest}',
  ],
  [
    'Scaled down ReplicaSet {set} from {from} to {to}: {*why}. {*rest}',
    '将 ReplicaSet {set} 从 {from} 缩到 {to}：{*why}。{*rest}',
  ],
  ['Scaled up ReplicaSet {set} from {from} to {to}: {*why}', '将 ReplicaSet {set} 从 {from} 扩到 {to}：{*why}'],
  ['Scaled down ReplicaSet {set} from {from} to {to}: {*why}', '将 ReplicaSet {set} 从 {from} 缩到 {to}：{*why}'],
  [
    'at most {most} Pods may exist ({wanted} wanted + {surge} surge), {now} do',
    '最多可存在 {most} 个 Pod（期望 {wanted} + 超额 {surge}），现有 {now} 个',
  ],
  [
    'at most {most} Pod may exist ({wanted} wanted + {surge} surge), {now} do',
    '最多可存在 {most} 个 Pod（期望 {wanted} + 超额 {surge}），现有 {now} 个',
  ],
  [
    'at least {least} must stay available ({wanted} wanted - {minus}), {now} are',
    '至少 {least} 个必须保持可用（期望 {wanted} - {minus}），现有 {now} 个',
  ],
  [
    'its share in proportion to its size, as {total} Pods may exist in all ({wanted} wanted + {surge} surge)',
    '按其大小的比例分得，因为总共可存在 {total} 个 Pod（期望 {wanted} + 超额 {surge}）',
  ],
  ['the new ReplicaSet has all the Pods that are wanted', '新的 ReplicaSet 已有期望的全部 Pod'],
  ['{count} of its Pods are not available, so they go first', '它的 {count} 个 Pod 不可用，所以先走'],
  ['{count} of its Pods is not available, so it goes first', '它的 {count} 个 Pod 不可用，所以先走'],
  ['Recreate: all old Pods go before the first new one comes', 'Recreate：所有旧 Pod 先走，第一个新 Pod 才来'],
  ['{count} wanted', '期望 {count} 个'],
  [
    'Deployment {name} reports {updated} up to date, {ready} ready, {available} available of {wanted} wanted, {ending} terminating ({reason})',
    'Deployment {name} 上报：期望 {wanted} 个中 {updated} 个最新、{ready} 个就绪、{available} 个可用，{ending} 个终止中（{reason}）',
  ],
  [
    'Deployment {name} reports {updated} up to date, {ready} ready, {available} available of {wanted} wanted ({reason})',
    'Deployment {name} 上报：期望 {wanted} 个中 {updated} 个最新、{ready} 个就绪、{available} 个可用（{reason}）',
  ],
  [
    'ReplicaSet {set} has {count} of {wanted} Pods: creating {missing}',
    'ReplicaSet {set} 有 {wanted} 个 Pod 中的 {count} 个：创建 {missing} 个',
  ],
  [
    'ReplicaSet {set} has {count} Pods and wants {wanted}: deleting {surplus}',
    'ReplicaSet {set} 有 {count} 个 Pod，期望 {wanted} 个：删除 {surplus} 个',
  ],
  [
    'ReplicaSet {set} has {count} Pod and wants {wanted}: deleting {surplus}',
    'ReplicaSet {set} 有 {count} 个 Pod，期望 {wanted} 个：删除 {surplus} 个',
  ],
  [
    'ReplicaSet {set} adopted {pods}: its selector matches and nobody owned them',
    'ReplicaSet {set} 收养了 {pods}：它的选择算符匹配，且没有属主',
  ],
  [
    'ReplicaSet {set} released {pods}: its selector no longer matches their labels',
    'ReplicaSet {set} 释放了 {pods}：它的选择算符不再匹配它们的标签',
  ],
  [
    'ReplicaSet {set} reports {count} Pods, {ready} ready, {available} available, and {ending} terminating',
    'ReplicaSet {set} 上报 {count} 个 Pod，{ready} 个就绪，{available} 个可用，{ending} 个终止中',
  ],
  [
    'ReplicaSet {set} reports {count} Pod, {ready} ready, {available} available, and {ending} terminating',
    'ReplicaSet {set} 上报 {count} 个 Pod，{ready} 个就绪，{available} 个可用，{ending} 个终止中',
  ],
  [
    'ReplicaSet {set} reports {count} Pods, {ready} ready, {available} available',
    'ReplicaSet {set} 上报 {count} 个 Pod，{ready} 个就绪，{available} 个可用',
  ],
  [
    'ReplicaSet {set} reports {count} Pod, {ready} ready, {available} available',
    'ReplicaSet {set} 上报 {count} 个 Pod，{ready} 个就绪，{available} 个可用',
  ],
  ['Could not create a Pod for ReplicaSet {set}: {reason}', '无法为 ReplicaSet {set} 创建 Pod：{reason}'],

  [
    'Created Pod {pod} of StatefulSet {set}, ordinal {ordinal} of {from} to {to}',
    '创建 StatefulSet {set} 的 Pod {pod}，序号 {ordinal}（{from} 到 {to}）',
  ],
  ['Created Pod {pod}, {number} of {all} that were missing', '创建 Pod {pod}，缺少的 {all} 个中的第 {number} 个'],
  ['Created Pod {pod} for {owner}, {number} of {all}', '为 {owner} 创建 Pod {pod}，{all} 个中的第 {number} 个'],
  [
    'Deleted Pod {pod} of StatefulSet {set}: its ordinal is no longer wanted',
    '删除 StatefulSet {set} 的 Pod {pod}：不再需要它的序号',
  ],
  [
    'Deleted Pod {pod} of StatefulSet {set}: it is of an older revision',
    '删除 StatefulSet {set} 的 Pod {pod}：它属于较旧的修订版本',
  ],
  ['Deleted Pod {pod} by force: its Node {node} is out of service', '强制删除 Pod {pod}：它的节点 {node} 已停止服务'],
  ['Deleted Pod {pod} by force: its Node {node} no longer exists', '强制删除 Pod {pod}：它的节点 {node} 已不存在'],
  ['Deleted {kind} {name}: its owner {owner} does not exist any more', '删除 {kind} {name}：它的属主 {owner} 已不存在'],
  [
    'Deleted {kind} {name}: {owner} is deleted in the foreground and waits for its dependents to go first',
    '删除 {kind} {name}：{owner} 正在前台删除，等它的附属先走',
  ],
  [
    'Removed the finalizer {finalizer} from {object}: no dependent holds it back any more',
    '从 {object} 移除终结器 {finalizer}：没有附属再阻挡它',
  ],
  ['Deleted Pod {pod}, {number} of {all} that are too many', '删除 Pod {pod}，多余的 {all} 个中的第 {number} 个'],
  ['Deleted Pod {pod}, {number} of {all}', '删除 Pod {pod}，{all} 个中的第 {number} 个'],
  ['Deleted {kind} {name} (and {count} more)', '删除 {kind} {name}（还有 {count} 个）'],

  [
    'StatefulSet {set} waits for {before} to be Ready before it {*does}. {*rest}',
    'StatefulSet {set} 等 {before} 就绪后才{*does}。{*rest}',
  ],
  [
    'StatefulSet {set} waits for {before} to be Ready before it {*does}',
    'StatefulSet {set} 等 {before} 就绪后才{*does}',
  ],
  [
    'StatefulSet {set} waits for {before} to be gone before it {*does}. {*rest}',
    'StatefulSet {set} 等 {before} 消失后才{*does}。{*rest}',
  ],
  [
    'StatefulSet {set} waits for {before} to be gone before it {*does}',
    'StatefulSet {set} 等 {before} 消失后才{*does}',
  ],
  ['makes {pod}', '创建 {pod}'],
  [
    'updates {pod}: a Pod that never gets Ready holds up its own update until somebody deletes it',
    '更新 {pod}：永远不就绪的 Pod 会挡住自己的更新，直到有人删除它',
  ],
  ['updates {pod}', '更新 {pod}'],
  ['deletes {pod}', '删除 {pod}'],
  [
    'StatefulSet {set} reports {count} of {wanted} Pods, {ready} ready, {new} of the new revision {revision}',
    'StatefulSet {set} 上报 {wanted} 个 Pod 中的 {count} 个，{ready} 个就绪，{new} 个属于新修订版本 {revision}',
  ],
  [
    'StatefulSet {set} reports {count} of {wanted} Pods, {ready} ready',
    'StatefulSet {set} 上报 {wanted} 个 Pod 中的 {count} 个，{ready} 个就绪',
  ],

  [
    '{on}, {updated} up to date, {ready} ready, {available} available',
    '{on} 个上，{updated} 个最新，{ready} 个就绪，{available} 个可用',
  ],

  ['Job {job} counts {*counted}; {*rest}', 'Job {job} 计 {*counted}；{*rest}'],
  ['Job {job} counts {*counted}', 'Job {job} 计 {*counted}'],
  [
    'Job {job} does not count {pod}: rule {rule} of podFailurePolicy ignores it; {*rest}',
    'Job {job} 不计 {pod}：podFailurePolicy 的规则 {rule} 忽略它；{*rest}',
  ],
  ['Job {job} is failed ({reason})', 'Job {job} 已失败（{reason}）'],
  [
    'Job {job} reports {active} active ({ready} ready), {succeeded} succeeded, {failed} failed',
    'Job {job} 上报 {active} 个运行中（{ready} 个就绪），{succeeded} 个成功，{failed} 个失败',
  ],
  ['Job {job} tries index {index} again in {seconds} s', 'Job {job} 在 {seconds} 秒后重试索引 {index}'],
  ['Job {job} wants {*what}', 'Job {job} 需要 {*what}'],
  ['{pods} as failed: {failed} failed, {limit}', '{pods} 为失败：{failed} 个失败，{limit}'],
  ['{pods} as succeeded ({wanted} wanted)', '{pods} 为成功（需要 {wanted} 个）'],
  ['is complete ({reason})', '已完成（{reason}）'],
  ['is failed ({reason})', '已失败（{reason}）'],
  ['fails ({*reason}); deletes {count} Pods that still ran', '失败（{*reason}）；删除 {count} 个仍在运行的 Pod'],
  ['fails ({*reason}); deletes {count} Pod that still ran', '失败（{*reason}）；删除 {count} 个仍在运行的 Pod'],
  [
    'makes the next Pod in {seconds} s: {wait} s after {count} failures',
    '在 {seconds} 秒后创建下一个 Pod：{count} 次失败之后等 {wait} 秒',
  ],
  [
    'makes the next Pod in {seconds} s: {wait} s after a failure',
    '在 {seconds} 秒后创建下一个 Pod：一次失败之后等 {wait} 秒',
  ],
  ['tries index {index} again in {seconds} s', '在 {seconds} 秒后重试索引 {index}'],
  ['wants {*what}', '需要 {*what}'],
  [
    '{count} Pods at work: creates {new} for indexes {indexes}',
    '{count} 个 Pod 在工作：为索引 {indexes} 创建 {new} 个',
  ],
  ['{count} Pods at work: creates {new} for index {index}', '{count} 个 Pod 在工作：为索引 {index} 创建 {new} 个'],
  ['{count} Pod at work: creates {new} for index {index}', '{count} 个 Pod 在工作：为索引 {index} 创建 {new} 个'],
  ['{count} Pods at work: creates {new}', '{count} 个 Pod 在工作：创建 {new} 个'],
  ['{count} Pod at work: creates {new}', '{count} 个 Pod 在工作：创建 {new} 个'],
  [
    'CronJob {name} was due at {time}: creates Job {job} beside {others} (concurrencyPolicy {policy})',
    'CronJob {name} 于 {time} 到期：在 {others} 旁边创建 Job {job}（concurrencyPolicy {policy}）',
  ],
  [
    'CronJob {name} was due at {time}: creates Job {job} in place of {others} (concurrencyPolicy {policy})',
    'CronJob {name} 于 {time} 到期：创建 Job {job} 代替 {others}（concurrencyPolicy {policy}）',
  ],
  ['CronJob {name} was due at {time}: creates Job {job}', 'CronJob {name} 于 {time} 到期：创建 Job {job}'],
  [
    'CronJob {name} does not start the run of {time}: {job} still runs and concurrencyPolicy is Forbid',
    'CronJob {name} 不启动 {time} 的运行：{job} 仍在运行，且 concurrencyPolicy 为 Forbid',
  ],
  [
    'CronJob {name} reports {count} active Jobs, last success {time}',
    'CronJob {name} 上报 {count} 个运行中的 Job，上次成功 {time}',
  ],
  [
    'CronJob {name} reports {count} active Job, last success {time}',
    'CronJob {name} 上报 {count} 个运行中的 Job，上次成功 {time}',
  ],
  ['CronJob {name} reports {count} active Jobs', 'CronJob {name} 上报 {count} 个运行中的 Job'],
  ['CronJob {name} reports {count} active Job', 'CronJob {name} 上报 {count} 个运行中的 Job'],
  ['creating {count} Pods for {nodes}', '为 {nodes} 创建 {count} 个 Pod'],
  ['creating {count} Pod for {nodes}', '为 {nodes} 创建 {count} 个 Pod'],
  ['deleting {pods} (on a node it may not run on)', '删除 {pods}（在它不得运行的节点上）'],
  ['deleting {pods}', '删除 {pods}'],
  [
    'Kept revision {number} of {kind} {name} as {revision}. {*rest}',
    '将 {kind} {name} 的修订版本 {number} 保存为 {revision}。{*rest}',
  ],
  ['Kept revision {number} of {kind} {name} as {revision}', '将 {kind} {name} 的修订版本 {number} 保存为 {revision}'],
  ['Deployment {name} is paused: changes of its template wait', 'Deployment {name} 已暂停：其模板的变更在等待'],
  ['Deployment {name} adopted ReplicaSet {set}', 'Deployment {name} 收养了 ReplicaSet {set}'],
  ['Deployment {name} is resumed. {*rest}', 'Deployment {name} 已恢复。{*rest}'],
  ['StatefulSet {set} has work on {count} Pods at once: {what}', 'StatefulSet {set} 同时处理 {count} 个 Pod：{what}'],
  [
    'CronJob {name} keeps {kept} successful Jobs of {all}: deletes {jobs}',
    'CronJob {name} 在 {all} 个成功的 Job 中保留 {kept} 个：删除 {jobs}',
  ],
  [
    'CronJob {name} keeps {kept} failed Jobs of {all}: deletes {jobs}',
    'CronJob {name} 在 {all} 个失败的 Job 中保留 {kept} 个：删除 {jobs}',
  ],
  ['Job {job} {*does}', 'Job {job} {*does}'],
  [
    'Orphaned {count} dependents of {owner}: removed it from their owner references, then its finalizer orphan',
    '使 {owner} 的 {count} 个附属成为孤儿：从它们的属主引用中移除它，再移除终结器 orphan',
  ],
  [
    'Orphaned {count} dependent of {owner}: removed it from their owner references, then its finalizer orphan',
    '使 {owner} 的 {count} 个附属成为孤儿：从它的属主引用中移除它，再移除终结器 orphan',
  ],
];
