/** What leads requests to Pods: Services and, before them, Ingresses. */
import { listed, t } from '../../i18n/translate';
import type { Card } from '../../view/cards';
import { type EndpointSliceRow, type IngressRow, isEndpointSlice, parseRowId, type ServiceRow } from '../../view/rows';
import { useSession } from '../state/session';
import { useRow, useWorld } from '../state/world';
import { Namespace } from './namespace';
import { ObjectButton } from './object-button';

/** A Service and how many addresses it sends to. */
export function ServiceCard({ card }: { card: Extract<Card, { type: 'service' }> }) {
  const row = useRow<ServiceRow>(card.id);
  const selected = useSession((session) => session.selected === card.id);
  const slices = useEndpoints(row);
  if (!row) return null;
  const endpoints = t(slices.total === 0 ? 'service.noEndpoints' : 'service.endpoints', slices);
  return (
    <article className="card service-card" data-selected={selected || undefined}>
      <p className="card-kind">
        <span className="kind">{t('service.kind', { type: row.type })}</span> <Namespace name={row.namespace} />
      </p>
      <ObjectButton id={row.id} kind="Service" name={row.name} description={endpoints} />
      <p className="card-image mono">
        {row.clusterIP || '—'}
        {row.ports && ` :${row.ports}`}
      </p>
      <p className={slices.ready === 0 ? 'service-endpoints none' : 'service-endpoints'}>{endpoints}</p>
    </article>
  );
}

/** Numbers packed in a string, so that an unchanged answer wakes nobody. */
function useEndpoints(service: ServiceRow | undefined): { ready: number; total: number } {
  const packed = useWorld((world) => {
    let ready = 0;
    let total = 0;
    for (const row of service ? world.rows.values() : []) {
      if (!isEndpointSlice(row) || !belongs(row, service!)) continue;
      ready += row.ready;
      total += row.total;
    }
    return `${ready}/${total}`;
  });
  const [ready = 0, total = 0] = packed.split('/').map(Number);
  return { ready, total };
}

function belongs(slice: EndpointSliceRow, service: ServiceRow): boolean {
  return slice.service === service.name && slice.namespace === service.namespace;
}

/** An Ingress: its hosts, and what it leads to that is not there. */
export function IngressCard({ card }: { card: Extract<Card, { type: 'ingress' }> }) {
  const row = useRow<IngressRow>(card.id);
  const selected = useSession((session) => session.selected === card.id);
  const missing = useWorld((world) => row?.services.find((id) => !world.rows.has(id)));
  if (!row) return null;
  const services = t('ingress.services', { count: row.services.length });
  const state = missing ? t('ingress.missing', { name: parseRowId(missing).name }) : services;
  return (
    <article className="card service-card" data-selected={selected || undefined}>
      <p className="card-kind">
        <span className="kind">{row.ingressClass ? t('ingress.kind', { name: row.ingressClass }) : 'Ingress'}</span>{' '}
        <Namespace name={row.namespace} />
      </p>
      <ObjectButton id={row.id} kind="Ingress" name={row.name} description={listed(row.hosts, state)} />
      <p className="card-image mono" title={row.hosts}>
        {row.tls ? 'https://' : 'http://'}
        {row.hosts}
      </p>
      <p className={missing ? 'service-endpoints none' : 'service-endpoints'}>{state}</p>
    </article>
  );
}
