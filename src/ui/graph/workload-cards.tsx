/** Cards of the drawing by workload: a Deployment, what holds Pods, a Service, and everything else. */
import { t } from '../../i18n/translate';
import { BARE_PODS, type Card, UNSCHEDULED } from '../../view/graph';
import {
  type DisruptionBudgetRow,
  type EndpointSliceRow,
  isDisruptionBudget,
  isEndpointSlice,
  parseRowId,
  type Row,
  type ServiceRow,
  type WorkloadRow,
} from '../../view/rows';
import { useSession } from '../state/session';
import { useRow, useWorld } from '../state/world';
import { ObjectButton } from './object-button';
import { PodField } from './pod-field';

function describeWorkload(row: WorkloadRow): string {
  const counts = t('workload.counts', { ready: row.ready, desired: row.desired });
  return row.paused ? `${counts}, ${t('workload.paused')}` : counts;
}

/** How much of what is wanted is ready, as a row of ticks or, beyond twenty, a bar. */
function Gauge({ ready, desired, current }: { ready: number; desired: number; current: number }) {
  const full = Math.max(1, desired, current);
  return (
    <div className="gauge" aria-hidden="true">
      <div className="gauge-current" style={{ width: `${(100 * current) / full}%` }} />
      <div className="gauge-ready" style={{ width: `${(100 * ready) / full}%` }} />
      <div className="gauge-desired" style={{ left: `${(100 * desired) / full}%` }} />
    </div>
  );
}

function Namespace({ name }: { name: string }) {
  return name && name !== 'default' ? <span className="namespace">{name}</span> : null;
}

/** A Deployment. */
export function OwnerCard({ card }: { card: Extract<Card, { type: 'owner' }> }) {
  const row = useRow<WorkloadRow>(card.id);
  const selected = useSession((session) => session.selected === card.id);
  if (!row) return null;
  const rolling = row.updated < row.desired || row.current > row.updated || row.available < row.desired;
  const word = row.stalled
    ? 'workload.stalled'
    : row.paused
      ? 'workload.paused'
      : rolling
        ? 'workload.rolling'
        : 'workload.steady';
  return (
    <article className="card owner-card" data-selected={selected || undefined}>
      <p className="card-kind">
        {row.kind} <Namespace name={row.namespace} />
        <span className={`owner-word ${row.stalled ? 'bad' : rolling ? 'busy' : ''}`}>{t(word)}</span>
      </p>
      <ObjectButton id={row.id} kind={row.kind} name={row.name} description={describeWorkload(row)} />
      <p className="card-image mono" title={row.images}>
        {row.images}
      </p>
      <p className="owner-counts">
        <strong>{row.ready}</strong>
        <span>{t('workload.ofReady', { desired: row.desired })}</span>
      </p>
      <Gauge ready={row.ready} desired={row.desired} current={row.current} />
      {card.folded.length > 0 && <Folded ids={card.folded} />}
    </article>
  );
}

/** ReplicaSets of old revisions that hold nothing any more. */
function Folded({ ids }: { ids: readonly string[] }) {
  return (
    <p className="folded">
      <span>{t('workload.folded')}</span>
      {ids.slice(-5).map((id) => (
        <FoldedChip key={id} id={id} />
      ))}
      {ids.length > 5 && <span>+{ids.length - 5}</span>}
    </p>
  );
}

function FoldedChip({ id }: { id: string }) {
  const row = useRow<WorkloadRow>(id);
  const { kind, name } = parseRowId(id);
  return (
    <ObjectButton id={id} kind={kind} name={name} description={t('workload.empty')} className="folded-chip">
      {row?.revision ?? name}
    </ObjectButton>
  );
}

/** A ReplicaSet, or Pods without one. */
export function GroupCard({ card }: { card: Extract<Card, { type: 'group' }> }) {
  const row = useRow<WorkloadRow>(card.id);
  const selected = useSession((session) => session.selected === card.id);
  return (
    <article className="card group-card" data-selected={selected || undefined}>
      {row ? (
        <header className="group-head">
          <div>
            <p className="card-kind">
              {row.kind}
              {row.revision && <span className="revision">{t('workload.revision', { revision: row.revision })}</span>}
            </p>
            <ObjectButton id={row.id} kind={row.kind} name={row.name} description={describeWorkload(row)} />
          </div>
          <p className="group-count">
            <strong>{row.ready}</strong>/{row.desired}
          </p>
        </header>
      ) : (
        <header className="group-head title-only">
          <p className="object-name plain">{groupTitle(card.id)}</p>
          <p className="group-count">{card.pods.length}</p>
        </header>
      )}
      {card.pods.length > 0 ? (
        <PodField pods={card.pods} within={card.id === UNSCHEDULED ? 'node' : 'workload'} />
      ) : (
        <p className="no-pods">{t('workload.noPods')}</p>
      )}
    </article>
  );
}

function groupTitle(id: string): string {
  return t(id === BARE_PODS ? 'graph.barePods' : 'graph.unscheduled');
}

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
        {t('service.kind', { type: row.type })} <Namespace name={row.namespace} />
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

/** Objects without a drawing of their own. */
export function OthersCard({ card }: { card: Extract<Card, { type: 'others' }> }) {
  return (
    <article className="card others-card">
      <p className="card-kind">{t('graph.others')}</p>
      <div className="others-list">
        {card.members.map((id) => (
          <OtherChip key={id} id={id} />
        ))}
      </div>
    </article>
  );
}

function OtherChip({ id }: { id: string }) {
  const row = useRow<Row>(id);
  if (!row) return null;
  const description = isDisruptionBudget(row) ? describeBudget(row) : t('object.exists');
  return (
    <ObjectButton id={id} kind={row.kind} name={row.name} description={description} className="other-chip">
      <span className="quiet">{row.kind}</span> {row.name}
      {isDisruptionBudget(row) && <span className="other-state">{t('budget.short', { count: row.allowed })}</span>}
    </ObjectButton>
  );
}

function describeBudget(row: DisruptionBudgetRow): string {
  return t('budget.allowed', { count: row.allowed });
}
