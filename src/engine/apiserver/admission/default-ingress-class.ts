/**
 * DefaultIngressClass: an Ingress that names no class gets the newest of the default ones.
 * Follows plugin/pkg/admission/network/defaultingressclass/admission.go.
 */
import { isDefaultIngressClass } from '../../api/kinds/ingress';
import type { Ingress, IngressClass } from '../../api/types';
import { INGRESS_CLASS_ANNOTATION } from '../../api/validation/ingress';
import type { AdmissionPlugin } from '../strategy';

/** DefaultIngressClass. */
export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  admit: (draft, _old, request) => {
    if (draft.kind !== 'Ingress' || request.operation !== 'CREATE' || request.subresource) return;
    const { spec, metadata } = draft as Ingress;
    if (!spec || spec.ingressClassName !== undefined) return;
    if (metadata.annotations?.[INGRESS_CLASS_ANNOTATION] !== undefined) return;
    const age = ({ metadata: { creationTimestamp = '' } }: IngressClass) => creationTimestamp;
    const classes = (request.list('IngressClass') as IngressClass[]).filter(isDefaultIngressClass);
    const [newest] = classes.sort((left, right) => {
      if (age(left) !== age(right)) return age(left) > age(right) ? -1 : 1;
      return left.metadata.name < right.metadata.name ? -1 : 1;
    });
    if (newest) spec.ingressClassName = newest.metadata.name;
  },
};
