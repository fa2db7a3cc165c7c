/**
 * RuntimeClass: a Pod may not name a runtime class that isn't there, nor set an overhead by itself.
 * Follows plugin/pkg/admission/runtimeclass/admission.go; as the kind RuntimeClass doesn't exist here, no class is ever found.
 */
import type { Pod } from '../../api/types';
import type { AdmissionPlugin } from '../strategy';
import { refuseNamed, refuseUnnamed } from './refusal';

/** RuntimeClass. */
export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  admit: (draft, _old, request) => {
    if (draft.kind !== 'Pod' || request.operation !== 'CREATE' || request.subresource) return;
    const name = (draft as Pod).spec.runtimeClassName;
    if (name !== undefined) throw refuseUnnamed(draft, `pod rejected: RuntimeClass "${name}" not found`);
  },
  validate: (object, _old, request) => {
    if (object.kind !== 'Pod' || request.operation !== 'CREATE' || request.subresource) return;
    const { overhead } = (object as Pod).spec;
    if (!overhead || Object.keys(overhead).length === 0) return;
    throw refuseNamed(object, 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead');
  },
};
