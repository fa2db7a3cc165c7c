/** kubectl describe ingress and ingressclass. Follows describeIngressV1 and describeIngressClassV1 in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import { ingressAddresses } from '../../engine/api/kinds/ingress';
import type { EndpointSlice, Ingress, IngressBackend, IngressClass, Service } from '../../engine/api/types';
import type { Reader } from '../command';
import { attempt } from '../errors';
import { withEventsOf } from './events';
import { endpointsText } from './service';
import { annotationLines, type Describer, field, labelLines, optionalField } from './text';

function backendText({ service, resource }: IngressBackend, namespace: string | undefined, reader: Reader): string {
  if (service) {
    const { name, port: { name: portName = '', number = 0 } = {} } = service;
    const head = `${name}:${number || portName}`;
    const labelSelector = `kubernetes.io/service-name=${name}`;
    const slices = attempt(() => reader.list<EndpointSlice>('EndpointSlice', { namespace, labelSelector }));
    const found = attempt(() => reader.get<Service>('Service', namespace, name));
    if (slices instanceof Error) return `${head} (<error: ${slices.message}>)`;
    if (found instanceof Error) return `${head} (<error: ${found.message}>)`;
    const ports = (found.spec.ports ?? []).filter((each) =>
      number ? each.port === number : portName !== '' && each.name === portName,
    );
    return `${head} (${endpointsText(slices, ports.at(-1)?.name ?? '')})`;
  }
  if (!resource) return '';
  return `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}`;
}

/** Ingress. */
export const describeIngress: Describer<Ingress> = (ingress, reader, clock) => {
  const { metadata, spec } = ingress;
  const { defaultBackend, tls = [], rules = [] } = spec;
  const backend = (one: IngressBackend): string => backendText(one, metadata.namespace, reader);
  const fallback = defaultBackend ? backend(defaultBackend) : '<default>';
  const secrets = tls.map(({ hosts = [], secretName }) =>
    secretName ? `  ${secretName} terminates ${hosts.join(',')}\n` : `  SNI routes ${hosts.join(',')}\n`,
  );
  const routes = rules
    .filter(({ http }) => http)
    .map(({ host, http }) => {
      const paths = (http?.paths ?? []).map(({ path = '', backend: to }) => `    \t${path} \t${backend(to)}\n`);
      return `  ${host || '*'}\t\n${paths.join('')}`;
    });
  const text = [
    field('Name', metadata.name),
    labelLines('Labels', metadata.labels),
    field('Namespace', metadata.namespace ?? ''),
    field('Address', ingressAddresses(ingress)),
    field('Ingress Class', spec.ingressClassName ?? '<none>'),
    field('Default backend', fallback),
    secrets.length > 0 ? `TLS:\n${secrets.join('')}` : '',
    'Rules:\n  Host\tPath\tBackends\n  ----\t----\t--------\n',
    routes.length > 0 ? routes.join('') : `  *\t*\t${fallback}\n`,
    annotationLines('Annotations', metadata.annotations),
  ].join('');
  return withEventsOf(ingress, text, reader, clock);
};

/** IngressClass. */
export const describeIngressClass: Describer<IngressClass> = (ingressClass, reader, clock) => {
  const { metadata, spec } = ingressClass;
  const { parameters } = spec;
  const text = [
    field('Name', metadata.name),
    labelLines('Labels', metadata.labels),
    annotationLines('Annotations', metadata.annotations),
    field('Controller', spec.controller ?? ''),
    parameters
      ? `Parameters:\n${optionalField('APIGroup', parameters.apiGroup, 1)}${field('Kind', parameters.kind, 1)}${field('Name', parameters.name, 1)}`
      : '',
  ].join('');
  return withEventsOf(ingressClass, text, reader, clock);
};
