/** The swarm's quotas and limit ranges: some refuse what workloads want until people put things right. */
import type { KubeObject } from '../engine/api/meta';
import type { Random } from '../engine/kernel/random';
import { once, pick } from './swarm-draws';

/** In a third of the runs a quota, a limit range or both, before the workloads that they hold back. */
export function drawLimits(random: Random): KubeObject[] {
  const documents: KubeObject[] = [];
  if (!once(random, 3)) return documents;
  if (!once(random, 3)) {
    const hard = {
      ...(once(random, 4) ? {} : { pods: `${2 + random.below(8)}` }),
      ...(once(random, 2) ? { 'requests.cpu': pick(random, ['500m', '1', '2']) } : {}),
      ...(once(random, 4) ? { 'count/configmaps': '2' } : {}),
    };
    documents.push({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'share' }, spec: { hard } });
  }
  if (once(random, 2)) {
    const item = {
      type: 'Container',
      defaultRequest: { cpu: '50m' },
      default: { cpu: '500m' },
      max: { cpu: pick(random, ['600m', '1']) },
      ...(once(random, 2) ? { min: { cpu: '60m' }, defaultRequest: { cpu: '100m' } } : {}),
    };
    documents.push({ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'sizes' }, spec: { limits: [item] } });
  }
  return documents;
}

/** A quota or limit range as people leave it in the end: it holds nothing back. */
export function relaxed(document: KubeObject): KubeObject {
  if (document.kind === 'LimitRange') {
    return { ...document, spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '50m' } }] } };
  }
  const { hard = {} } = document.spec as { hard?: Record<string, string> };
  // A quota on requests refuses whoever asks for nothing, whatever it leaves.
  const kept = Object.keys(hard).filter((name) => !name.startsWith('requests.'));
  return { ...document, spec: { hard: Object.fromEntries(kept.map((name) => [name, '1000'])) } };
}
