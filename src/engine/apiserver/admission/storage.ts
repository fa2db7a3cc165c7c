/**
 * What is done to claims, volumes and their classes on the way in: DefaultStorageClass, StorageObjectInUseProtection and
 * PersistentVolumeClaimResize. Follows plugin/pkg/admission/storage/{storageclass/setdefault,storageobjectinuseprotection,
 * persistentvolume/resize}/admission.go.
 */
import type { KubeObject } from '../../api/meta';
import { compareQuantities } from '../../api/quantity';
import type { PersistentVolumeClaim, StorageClass } from '../../api/types';
import { CLAIM_PROTECTION, classOf, defaultClassOf, hasClass, VOLUME_PROTECTION } from '../../api/volume-claim';
import type { AdmissionPlugin, RequestContext } from '../strategy';
import { refuseNamed } from './refusal';

/** A claim that says nothing of its class gets the default one. */
export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  admit: (draft, _old, request) => {
    if (draft.kind !== 'PersistentVolumeClaim' || request.operation !== 'CREATE' || request.subresource) return;
    const claim = draft as PersistentVolumeClaim;
    if (hasClass(claim)) return;
    const chosen = defaultClassOf(request.list('StorageClass') as readonly StorageClass[]);
    if (chosen) claim.spec.storageClassName = chosen.metadata.name;
  },
};

const FINALIZERS: ReadonlyMap<string, string> = new Map([
  ['PersistentVolume', VOLUME_PROTECTION],
  ['PersistentVolumeClaim', CLAIM_PROTECTION],
  ['VolumeAttributesClass', 'kubernetes.io/vac-protection'],
]);

/** What is in use stays: the finalizer is there from the beginning. */
export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  admit: (draft, _old, request) => {
    const finalizer = FINALIZERS.get(draft.kind);
    if (!finalizer || request.operation !== 'CREATE' || request.subresource) return;
    const finalizers = draft.metadata.finalizers ?? [];
    if (!finalizers.includes(finalizer)) draft.metadata.finalizers = [...finalizers, finalizer];
  },
};

/** Only bound claims of a class that allows it grow. */
export const persistentVolumeClaimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  validate: (object, old, request) => {
    if (object.kind !== 'PersistentVolumeClaim' || request.operation !== 'UPDATE' || request.subresource) return;
    if (old) refuseGrowth(object as PersistentVolumeClaim, old, request);
  },
};

function refuseGrowth(claim: PersistentVolumeClaim, oldObject: KubeObject, request: RequestContext): void {
  const old = oldObject as PersistentVolumeClaim;
  const sizeOf = ({ spec }: PersistentVolumeClaim): string => spec.resources?.requests?.storage ?? '0';
  if (compareQuantities(sizeOf(claim), sizeOf(old)) <= 0) return;
  if (old.status.phase !== 'Bound') throw refuseNamed(claim, 'Only bound persistent volume claims can be expanded');
  const name = classOf(claim);
  const found = name && name === classOf(old) ? request.find('StorageClass', undefined, name) : undefined;
  if ((found as StorageClass | undefined)?.allowVolumeExpansion) return;
  const why =
    'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';
  throw refuseNamed(claim, why);
}
