/** Simplified Chinese sentences: DaemonSets. */
import type { SentencePair } from '../sentences';

export const ZH_DAEMONSET: readonly SentencePair[] = [
  [
    'DaemonSet {set} belongs on {count} nodes ({*not}) and reports Pods on {*counts}',
    'DaemonSet {set} 应在 {count} 个节点上（{*not}），上报 Pod 在 {*counts}',
  ],
  [
    'DaemonSet {set} belongs on {count} nodes and reports Pods on {*counts}',
    'DaemonSet {set} 应在 {count} 个节点上，上报 Pod 在 {*counts}',
  ],
  [
    'DaemonSet {set} belongs on {count} node and reports Pods on {*counts}',
    'DaemonSet {set} 应在 {count} 个节点上，上报 Pod 在 {*counts}',
  ],
  [
    'DaemonSet {set} belongs on {count} of {all} nodes ({*not}): creating {new} Pods on {nodes}',
    'DaemonSet {set} 应在 {all} 个节点中的 {count} 个上（{*not}）：在 {nodes} 上创建 {new} 个 Pod',
  ],
  [
    'DaemonSet {set} belongs on {count} of {all} nodes ({*not}): creating {new} Pod on {nodes}',
    'DaemonSet {set} 应在 {all} 个节点中的 {count} 个上（{*not}）：在 {nodes} 上创建 {new} 个 Pod',
  ],
  [
    'DaemonSet {set} belongs on {count} of {all} nodes: creating {new} Pods on {nodes}',
    'DaemonSet {set} 应在 {all} 个节点中的 {count} 个上：在 {nodes} 上创建 {new} 个 Pod',
  ],
  [
    'DaemonSet {set} belongs on {count} of {all} nodes: creating {new} Pod on {nodes}',
    'DaemonSet {set} 应在 {all} 个节点中的 {count} 个上：在 {nodes} 上创建 {new} 个 Pod',
  ],
  [
    'DaemonSet {set} updates {old} old Pods ({off} of {all} unavailable, at most {most} may be): deleting {pods}',
    'DaemonSet {set} 更新 {old} 个旧 Pod（{all} 个中 {off} 个不可用，最多允许 {most} 个）：删除 {pods}',
  ],
  [
    'DaemonSet {set} updates {old} old Pod ({off} of {all} unavailable, at most {most} may be): deleting {pods}',
    'DaemonSet {set} 更新 {old} 个旧 Pod（{all} 个中 {off} 个不可用，最多允许 {most} 个）：删除 {pods}',
  ],
  [
    'DaemonSet {set} belongs on {count} node ({*not}) and reports Pods on {*counts}',
    'DaemonSet {set} 应在 {count} 个节点上（{*not}），上报 Pod 在 {*counts}',
  ],
  [
    'DaemonSet {set} belongs on {count} of {all} nodes ({*not}): {*does}',
    'DaemonSet {set} 应在 {all} 个节点中的 {count} 个上（{*not}）：{*does}',
  ],
  [
    'DaemonSet {set} belongs on {count} of {all} nodes: {*does}',
    'DaemonSet {set} 应在 {all} 个节点中的 {count} 个上：{*does}',
  ],
  [
    'DaemonSet {set} belongs on {count} of {all} node ({*not}): {*does}',
    'DaemonSet {set} 应在 {all} 个节点中的 {count} 个上（{*not}）：{*does}',
  ],
  [
    'DaemonSet {set} belongs on {count} of {all} node: {*does}',
    'DaemonSet {set} 应在 {all} 个节点中的 {count} 个上：{*does}',
  ],
  ['not {nodes}: {*why}', '{nodes} 除外：{*why}'],
  ['it has the untolerated taint {taint}', '它带有不被容忍的污点 {taint}'],
  ["its labels don't match the node selector or affinity", '它的标签不符合节点选择器或亲和性'],
  ['the template names another node', '模板指定了另一个节点'],
];
