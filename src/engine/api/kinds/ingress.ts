/**
 * Ingresses and IngressClasses. Follows pkg/registry/networking/{ingress,ingressclass}/strategy.go and pkg/apis/networking/v1/defaults.go.
 * As tables: printIngress and printIngressClass in pkg/printers/internalversion/printers.go.
 */
import type { Ingress, IngressClass } from '../types';
import {
  validateIngress,
  validateIngressClass,
  validateIngressClassUpdate,
  validateIngressStatusUpdate,
  validateIngressUpdate,
} from '../validation/ingress';
import { ingressWarnings } from '../warnings/others';
import { type KindDefinition, resource } from './definition';
import { ageOf, columns, type TableDefinition } from './table';

/** Whether a class is taken by Ingresses that name none. */
export function isDefaultIngressClass({ metadata }: IngressClass): boolean {
  return metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true';
}

function hostsText({ rules = [] }: Ingress['spec']): string {
  const hosts: string[] = [];
  let isCut = false;
  for (const { host } of rules) {
    if (hosts.length === 3) isCut = true;
    if (!isCut && host) hosts.push(host);
  }
  const shown = hosts.join(',') || '*';
  return isCut ? `${shown} + ${rules.length - 3} more...` : shown;
}

const WIDTH = 16;

/** The addresses at which an Ingress is reached. */
export function ingressAddresses({ status }: Ingress): string {
  const addresses = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '');
  return [...new Set(addresses.filter((address) => address !== ''))].sort().join(',');
}

const table: TableDefinition<Ingress> = {
  columns: columns('NAME,CLASS,HOSTS,ADDRESS,PORTS,AGE'),
  row: (ingress, clock) => {
    const { metadata, spec } = ingress;
    const addresses = ingressAddresses(ingress);
    return [
      metadata.name,
      spec.ingressClassName ?? '<none>',
      hostsText(spec),
      addresses.length > WIDTH ? `${addresses.slice(0, WIDTH - 3)}...` : addresses,
      spec.tls?.length ? '80, 443' : '80',
      ageOf(ingress, clock),
    ];
  },
};

/** Ingress. */
export const ingressKind: KindDefinition = {
  ...resource('networking.k8s.io', 'v1', 'Ingress', 'ingresses', 'ing', { subresources: ['status'] }),
  countsGenerations: true,
  strategy: {
    prepareForCreate(draft) {
      draft.status = { loadBalancer: {} };
    },
    validate: validateIngress,
    validateUpdate: validateIngressUpdate,
    validateStatusUpdate: validateIngressStatusUpdate,
    warningsOnCreate: (object) => ingressWarnings(object as Ingress),
  },
  table,
};

const classTable: TableDefinition<IngressClass> = {
  columns: columns('NAME,CONTROLLER,PARAMETERS,AGE'),
  row: (ingressClass, clock) => {
    const { metadata, spec } = ingressClass;
    const { kind = '', apiGroup, name = '' } = spec.parameters ?? {};
    return [
      isDefaultIngressClass(ingressClass) ? `${metadata.name} (default)` : metadata.name,
      spec.controller ?? '',
      spec.parameters ? `${apiGroup === undefined ? kind : `${kind}.${apiGroup}`}/${name}` : '<none>',
      ageOf(ingressClass, clock),
    ];
  },
};

/** IngressClass. */
export const ingressClassKind: KindDefinition = {
  ...resource('networking.k8s.io', 'v1', 'IngressClass', 'ingressclasses', '', { namespaced: false }),
  countsGenerations: true,
  strategy: {
    default(draft) {
      const { parameters } = (draft as IngressClass).spec ?? {};
      if (parameters) parameters.scope ??= 'Cluster';
    },
    validate: validateIngressClass,
    validateUpdate: validateIngressClassUpdate,
  },
  table: classTable,
};
