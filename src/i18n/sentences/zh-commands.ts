/** Simplified Chinese sentences: what a person's command did, and how the API server took it; kubectl's own words stay. */
import type { SentencePair } from '../sentences';

export const ZH_COMMANDS: readonly SentencePair[] = [
  [
    'kubectl {*command} failed: {*message} (the request {*passage})',
    'kubectl {*command} 失败：{*message}（该请求{*passage}）',
  ],
  ['kubectl {*command} failed:  ({user} may {wish}: {rule})', 'kubectl {*command} 失败（{user} 可以 {wish}：{rule}）'],
  [
    'kubectl {*command} failed: {*message} ({user} may {wish}: {rule})',
    'kubectl {*command} 失败：{*message}（{user} 可以 {wish}：{rule}）',
  ],
  ['kubectl {*command} failed: {*message}', 'kubectl {*command} 失败：{*message}'],
  [
    'kubectl {*command} ({user} may {wish}: {binding} of {role} to {subject})',
    'kubectl {*command}（{user} 可以 {wish}：{binding} 把 {role} 给了 {subject}）',
  ],
  ['kubectl {*command} ({user} may {wish}: {rule})', 'kubectl {*command}（{user} 可以 {wish}：{rule}）'],
  ['was refused at authentication: it may not be sent in that name', '在认证时被拒：不可以用那个名义发送'],
  [
    'passed authentication as {user} and was refused at authorization: he would grant rights he does not have',
    '以 {user} 的身份通过认证，在授权时被拒：他会授予自己没有的权限',
  ],
  [
    'passed authentication as {user} and was refused at authorization: no rule bound to him lets him {wish}',
    '以 {user} 的身份通过认证，在授权时被拒：没有绑定给他的规则允许他 {wish}',
  ],
  [
    'passed authentication and authorization as {user} and was refused at admission',
    '以 {user} 的身份通过认证和授权，在准入时被拒',
  ],
];
