/**
 * RuntimeClass: a Pod that names a runtime class gets its overhead and its scheduling rules, and may not set an overhead by itself.
 * Follows plugin/pkg/admission/runtimeclass/admission.go and pkg/util/tolerations/tolerations.go.
 */
import type { KubeObject } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { sameAmounts } from '../../api/quota/resource-list';
import type { StatusError } from '../../api/status-error';
import type { Pod, RuntimeClass, Toleration } from '../../api/types';
import type { AdmissionPlugin, RequestContext } from '../strategy';
import { refuseNamed, refuseUnnamed } from './refusal';

type Refuse = (object: KubeObject, why: string) => StatusError;

/** RuntimeClass. */
export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  admit: (draft, _old, request) => {
    if (!concerns(draft, request)) return;
    const found = classOf(draft as Pod, request, refuseUnnamed);
    if (!found) return;
    setOverhead(draft as Pod, found);
    setScheduling(draft as Pod, found);
  },
  validate: (object, _old, request) => {
    if (!concerns(object, request)) return;
    const { overhead } = (object as Pod).spec;
    const found = classOf(object as Pod, request, refuseNamed)?.overhead;
    if (found) {
      if (!sameAmounts(found.podFixed ?? {}, overhead ?? {})) throw refuseNamed(object, MISMATCH);
    } else if (overhead) {
      throw refuseNamed(object, 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead');
    }
  },
};

const MISMATCH = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";

function concerns(object: KubeObject, { operation, subresource }: RequestContext): boolean {
  return object.kind === 'Pod' && operation === 'CREATE' && !subresource;
}

function classOf(pod: Pod, request: RequestContext, refuse: Refuse): RuntimeClass | undefined {
  const name = pod.spec.runtimeClassName;
  if (name === undefined) return undefined;
  const found = request.find('RuntimeClass', undefined, name);
  if (!found) throw refuse(pod, `pod rejected: RuntimeClass ${JSON.stringify(name)} not found`);
  return found as RuntimeClass;
}

function setOverhead(pod: Pod, { overhead }: RuntimeClass): void {
  if (!overhead) return;
  const given = pod.spec.overhead ?? {};
  if (Object.keys(given).length > 0 && !sameAmounts(given, overhead.podFixed ?? {})) throw refuseUnnamed(pod, MISMATCH);
  pod.spec.overhead = { ...overhead.podFixed };
}

function setScheduling(pod: Pod, { scheduling }: RuntimeClass): void {
  if (!scheduling) return;
  const { nodeSelector = {}, tolerations = [] } = scheduling;
  const given = pod.spec.nodeSelector ?? {};
  for (const key in nodeSelector) {
    if (given[key] === undefined || given[key] === nodeSelector[key]) continue;
    const why = `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${nodeSelector[key]}; pod.spec.nodeSelector[${key}] = ${given[key]}`;
    throw refuseUnnamed(pod, why);
  }
  const selector = { ...given, ...nodeSelector };
  if (Object.keys(selector).length > 0) pod.spec.nodeSelector = selector;
  const merged = mergeTolerations([...(pod.spec.tolerations ?? []), ...tolerations]);
  if (merged.length > 0) pod.spec.tolerations = merged;
}

/** Tolerations that another one covers go; of equal ones the first stays. */
function mergeTolerations(all: readonly Toleration[]): Toleration[] {
  const merged: Toleration[] = [];
  for (const [index, one] of all.entries()) {
    if (merged.some((kept) => covers(kept, one))) continue;
    if (all.slice(index + 1).some((later) => !deepEqual(one, later) && covers(later, one))) continue;
    merged.push(one);
  }
  return merged;
}

/** Whether a toleration tolerates whatever the other one does. */
function covers(wide: Toleration, narrow: Toleration): boolean {
  if (deepEqual(wide, narrow)) return true;
  const { key, operator = 'Equal', effect, tolerationSeconds } = wide;
  if ((key ?? '') !== (narrow.key ?? '') && (key || operator !== 'Exists')) return false;
  if (effect && effect !== narrow.effect) return false;
  if (effect === 'NoExecute' && tolerationSeconds !== undefined) {
    if (narrow.tolerationSeconds === undefined || narrow.tolerationSeconds > tolerationSeconds) return false;
  }
  if (operator === 'Equal') return narrow.operator === 'Equal' && (narrow.value ?? '') === (wide.value ?? '');
  return operator === 'Exists';
}
