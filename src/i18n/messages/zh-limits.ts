/** Simplified Chinese: the list of what is simulated, whole; loaded when it is shown. */
import type { LateWords } from '../language';
import { zhLimitsApi } from './zh-limits-api';
import { zhLimitsControllers } from './zh-limits-controllers';
import { zhLimitsKubectl } from './zh-limits-kubectl';
import { zhLimitsNodes } from './zh-limits-nodes';

const areas: Readonly<Record<string, string>> = {
  Kinds: '类型',
  Components: '组件',
  Faults: '故障',
  Scenario: '场景',
  'API server': 'API 服务器',
  Network: '网络',
  'Custom resources': '自定义资源',
  Controllers: '控制器',
  Scheduler: '调度器',
  Kubelet: 'kubelet',
  Storage: '存储',
  kubectl: 'kubectl',
  'Recorded cases that differ': '与录制不同的用例',
};

const derived: Readonly<Record<string, string>> = {
  'Other kinds of Kubernetes': 'Kubernetes 的其他类型',
  'Fault types': '故障类型',
};

export const ZH_LIMITS: LateWords = {
  texts: { ...areas, ...derived, ...zhLimitsApi, ...zhLimitsControllers, ...zhLimitsNodes, ...zhLimitsKubectl },
  patterns: [
    ['{version}, with its fields, defaults and validation', '{version}，连同其字段、默认值和校验'],
    ['Refused with what to use instead, among them {kinds}.', '使用时会被拒绝，并说明可以改用什么，其中有 {kinds}。'],
  ],
};
