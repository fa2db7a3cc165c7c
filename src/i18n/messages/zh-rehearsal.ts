/** Simplified Chinese: what a command would do, tried before it is done. */
import type { Translated } from '../language';
import type { enRehearsal } from './en-rehearsal';

export const zhRehearsal: Translated<typeof enRehearsal> = {
  'rehearsal.title': '会发生什么',
  'rehearsal.running': '正在一个分支上试验……',
  'rehearsal.ends': '{time} 后完成。',
  'rehearsal.never': '三分钟后仍未完成。',
  'rehearsal.fails': '会失败：{message}',
  'rehearsal.gone': '{count} 个 Pod 会离开。',
  'rehearsal.forGood': '没有谁会重新创建：{names}。',
  'rehearsal.refused': '途中有 {count} 次驱逐被拒绝。',
  'rehearsal.budgets': '拒绝者：PodDisruptionBudget {names}。',
  'rehearsal.lowest': '{name}：最低时 {desired} 个中有 {available} 个可用。',
  'rehearsal.none': '没有 Deployment 因此低于它想要的数量。',
  'rehearsal.pending': '最后多出 {count} 个不在任何节点上的 Pod。',
  'rehearsal.go': '执行',
  'rehearsal.leave': '不执行',
};
