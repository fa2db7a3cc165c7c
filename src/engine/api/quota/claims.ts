/** What claims use, in all and per storage class. Follows pkg/quota/v1/evaluator/core/persistent_volume_claims.go. */
import { compareQuantities, formatQuantity, parseQuantity } from '../quantity';
import { meetsOperator } from '../selector';
import type { PersistentVolumeClaim } from '../types';
import { classOf } from '../volume-claim';
import type { QuotaEvaluator, Scope } from './measure';
import type { ResourceList } from './resource-list';

const COUNT = 'count/persistentvolumeclaims';
const NAMES = ['persistentvolumeclaims', 'requests.storage'];
const OF_CLASS = '.storageclass.storage.k8s.io/';
const NANO = 1_000_000_000n;

/** Whole bytes. */
function roundedUp(amount: string): string {
  const { nano, format } = parseQuantity(amount);
  return nano % NANO === 0n ? amount : formatQuantity({ nano: (nano / NANO + 1n) * NANO, format });
}

/** What was asked for, or what is being set aside for it if that is more. */
function storageOf({ spec, status }: PersistentVolumeClaim): string | undefined {
  const asked = spec?.resources?.requests?.storage;
  const allocated = status?.allocatedResources?.storage;
  if (asked === undefined) return undefined;
  return roundedUp(allocated !== undefined && compareQuantities(allocated, asked) > 0 ? allocated : asked);
}

function usageOf(claim: PersistentVolumeClaim): ResourceList {
  const usage: Record<string, string> = { persistentvolumeclaims: '1', [COUNT]: '1' };
  const storage = storageOf(claim);
  if (storage !== undefined) usage['requests.storage'] = storage;
  const className = classOf(claim);
  if (!className) return usage;
  for (const name of NAMES) if (usage[name] !== undefined) usage[`${className}${OF_CLASS}${name}`] = usage[name];
  return usage;
}

function matchesScope(scope: Scope, { spec, status }: PersistentVolumeClaim): boolean {
  if (scope.scopeName !== 'VolumeAttributesClass') return false;
  const names = [
    spec?.volumeAttributesClassName,
    status?.currentVolumeAttributesClassName,
    status?.modifyVolumeStatus?.targetVolumeAttributesClassName,
  ].filter((name) => name);
  return names.length > 0 ? names.some((name) => meetsOperator(scope, name)) : meetsOperator(scope, undefined);
}

/** PersistentVolumeClaims. Upstream compares addresses, not amounts, and so looks again after every change. */
export const claimEvaluator: QuotaEvaluator = {
  matching: (names) =>
    names.filter((name) => name === COUNT || NAMES.some((own) => name === own || name.endsWith(OF_CLASS + own))),
  matchesScope: (scope, object) => matchesScope(scope, object as PersistentVolumeClaim),
  usage: (object) => usageOf(object as PersistentVolumeClaim),
  handlesUpdate: () => true,
  replenishes: () => true,
};
