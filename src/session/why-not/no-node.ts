/** Why a Pod is on no node: first what its claims wait for, as the scheduler looks at no node before they have their volumes, then the nodes. */
import { splitKey } from '../../engine/api/meta';
import type { PersistentVolumeClaim, Pod } from '../../engine/api/types';
import { claimKeysOf } from '../../engine/api/volume-claim';
import { keepingFinding, missingClaim } from './claim';
import { missingPlaces, unscheduledFinding } from './pending-pod';
import { type Asked, type Finding, say, type World } from './said';
import { rootOf } from './world';

/** See the header. */
export function noNodeFinding({ world, wordOn }: Asked, pod: Pod): Finding {
  const { namespace = '', name } = pod.metadata;
  return ofClaims(world, pod) ?? unscheduledFinding(world, pod, wordOn({ kind: 'Pod', namespace, name }));
}

/** A Pod that waits for a claim waits for what the claim waits for. */
function ofClaims(world: World, pod: Pod): Finding | undefined {
  if (pod.spec.schedulingGates?.length) return undefined;
  for (const key of claimKeysOf(pod)) {
    const { namespace, name } = splitKey(key);
    const claim = world.get<PersistentVolumeClaim>('PersistentVolumeClaim', namespace, name);
    const finding = claim ? keepingFinding(world, claim) : missingClaim(world, namespace, name);
    if (!finding) continue;
    const sentences = claim ? [say('pod.claim', { name }), ...finding.sentences] : finding.sentences;
    return { ...finding, sentences, missing: missingPlaces(rootOf(world, pod)) };
  }
  return undefined;
}
