/**
 * kubectl describe resourcequota, and the part of a namespace's description about them.
 * Follows describeQuota and DescribeResourceQuotas in staging/src/k8s.io/kubectl/pkg/describe/describe.go.
 */
import { formatQuantity, parseQuantity } from '../../engine/api/quantity';
import type { ResourceQuota } from '../../engine/api/types';
import { type Describer, field } from './text';

const SCOPE_HELP: ReadonlyMap<string, string> = new Map([
  [
    'Terminating',
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  ],
  [
    'NotTerminating',
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  ],
  [
    'BestEffort',
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  ],
  [
    'NotBestEffort',
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
  ],
]);

function scopeLines({ spec }: ResourceQuota, indent: string, bullet: string): string {
  const scopes = [...(spec?.scopes ?? [])].sort();
  if (scopes.length === 0) return '';
  const help = scopes.flatMap((scope) => SCOPE_HELP.get(scope) ?? []);
  return `${indent}Scopes:\t${scopes.join(', ')}\n${help.map((text) => `${indent}${bullet}${text}\n`).join('')}`;
}

/** Used amounts in the format of the limit: `1Gi` beside `2Gi`. */
function inFormatOf(used: string, hard: string): string {
  const { nano, format } = parseQuantity(used);
  const wanted = parseQuantity(hard).format;
  if (wanted === format) return used;
  const whole = 1_000_000_000n;
  const value = nano % whole === 0n ? nano : (nano / whole + 1n) * whole;
  return formatQuantity({ nano: value, format: wanted });
}

function amountLines({ status }: ResourceQuota, indent: string, sameFormat: boolean): string {
  const { hard = {}, used = {} } = status ?? {};
  return Object.keys(hard)
    .sort()
    .map((name) => {
      const [limit, amount] = [hard[name] as string, used[name] ?? '0'];
      return `${indent}${name}\t${sameFormat ? inFormatOf(amount, limit) : amount}\t${limit}\n`;
    })
    .join('');
}

/** ResourceQuota. */
export const describeResourceQuota: Describer<ResourceQuota> = (quota) => [
  [
    field('Name', quota.metadata.name),
    field('Namespace', quota.metadata.namespace ?? ''),
    scopeLines(quota, '', ' * '),
    'Resource\tUsed\tHard\n--------\t----\t----\n',
    amountLines(quota, '', true),
  ].join(''),
];

/** What a namespace's description says of its quotas. */
export function quotasText(quotas: readonly ResourceQuota[]): string {
  if (quotas.length === 0) return 'No resource quota.\n';
  const texts = quotas.map((quota) =>
    [
      field('Name', quota.metadata.name, 1),
      scopeLines(quota, '  ', '* '),
      '  Resource\tUsed\tHard\n  --------\t---\t---\n',
      amountLines(quota, '  ', false),
    ].join(''),
  );
  return `Resource Quotas\n${texts.join('')}`;
}
