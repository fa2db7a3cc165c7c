/**
 * ResourceQuota: refuses what would use more than a namespace may, and charges what is let in at once.
 * Follows apiserver/pkg/admission/plugin/resourcequota (admission.go, controller.go). Reads are live and requests atomic, so its queue,
 * caches and retries are left out, as are resources that are limited without a quota (no configuration does so by default). Here a text's
 * documents are applied in one moment, where kubectl takes longer for each than the quota controller: a new quota counts without waiting for it.
 */
import type { KubeObject } from '../../api/meta';
import { evaluatorOf, isCounted } from '../../api/quota/evaluator';
import type { QuotaEvaluator } from '../../api/quota/measure';
import {
  addLists,
  exceeding,
  formatList,
  growthOf,
  maskList,
  type ResourceList,
  sameAmounts,
  withoutZeros,
} from '../../api/quota/resource-list';
import { usageOf } from '../../api/quota/usage';
import type { ResourceQuota } from '../../api/types';
import type { AdmissionPlugin, AdmissionRequest } from '../strategy';
import { refuseNamed } from './refusal';

/** ResourceQuota. */
export const resourceQuota: AdmissionPlugin = {
  name: 'ResourceQuota',
  validate: (object, old, request) => {
    const { namespace } = object.metadata;
    if (!namespace || request.operation === 'DELETE') return;
    const quotas = request.list('ResourceQuota', namespace) as readonly ResourceQuota[];
    const evaluator = quotas.length > 0 ? evaluatorOf(request.info) : undefined;
    if (!evaluator || !isMeasured(evaluator, object, old, request)) return;
    const charged = quotas
      .map((quota) => asCounted(quota, request))
      .filter((quota) => applies(evaluator, quota, object, request))
      .map((quota) => charge(evaluator, quota, object, old, request));
    if (request.dryRun) return;
    for (const { quota, used } of charged) {
      if (sameAmounts(used, quota.status.used ?? {})) continue;
      request.commitStatus({ ...quota, status: { ...quota.status, used } } as ResourceQuota);
    }
  },
};

/** A quota as it will be once the controller has counted, if it was made just now. */
function asCounted(quota: ResourceQuota, { now, discovery, list }: AdmissionRequest): ResourceQuota {
  const { metadata, spec, status } = quota;
  if (status.hard || metadata.creationTimestamp !== now) return quota;
  const used = usageOf(quota, discovery().preferred, (kind) => list(kind, metadata.namespace), now);
  return { ...quota, status: { hard: { ...spec?.hard }, used } };
}

function isMeasured(
  evaluator: QuotaEvaluator,
  object: KubeObject,
  old: KubeObject | undefined,
  { operation, subresource }: AdmissionRequest,
): boolean {
  if (operation === 'CREATE') return !subresource;
  if (subresource === 'resize') return true;
  if (subresource === 'ephemeralcontainers') return false;
  return old !== undefined && evaluator.handlesUpdate?.(object, old) === true;
}

/** Whether a quota limits any of what an object uses, counts it, and is not told in vain what it must say. */
function applies(
  evaluator: QuotaEvaluator,
  quota: ResourceQuota,
  object: KubeObject,
  { info }: AdmissionRequest,
): boolean {
  const names = evaluator.matching(Object.keys(quota.status.hard ?? {}));
  if (names.length === 0 || !isCounted(evaluator, quota, object)) return false;
  const { name } = quota.metadata;
  const missing = evaluator.missing?.(names, object);
  if (missing) throw refuseNamed(object, `failed quota: ${name}: ${missing}`, info);
  if (names.every((each) => quota.status.used?.[each] !== undefined)) return true;
  throw refuseNamed(object, `status unknown for quota: ${name}, resources: ${[...names].sort().join(',')}`, info);
}

interface Charged {
  readonly quota: ResourceQuota;
  readonly used: ResourceList;
}

/** What a quota has used with the object. Throws 403 when that is too much. */
function charge(
  evaluator: QuotaEvaluator,
  quota: ResourceQuota,
  object: KubeObject,
  old: KubeObject | undefined,
  { info, now, subresource }: AdmissionRequest,
): Charged {
  const { hard = {}, used = {} } = quota.status;
  const wanted = evaluator.usage(object, now);
  const negative = Object.keys(wanted).filter((name) => wanted[name]?.startsWith('-'));
  if (negative.length > 0) {
    throw refuseNamed(object, `quota usage is negative for resource(s): ${negative.sort().join(',')}`, info);
  }
  const grows = old && isCounted(evaluator, quota, old) ? growthOf(wanted, evaluator.usage(old, now)) : wanted;
  const more = maskList(withoutZeros(grows), Object.keys(hard));
  const sum = addLists(used, more);
  const beyond = subresource === 'status' ? [] : exceeding(maskList(sum, Object.keys(more)), hard);
  if (beyond.length === 0) return { quota, used: sum };
  const [requested, before, limited] = [more, used, hard].map((list) => formatList(maskList(list, beyond)));
  const why = `exceeded quota: ${quota.metadata.name}, requested: ${requested}, used: ${before}, limited: ${limited}`;
  throw refuseNamed(object, why, info);
}
