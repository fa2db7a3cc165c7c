/** What holds Pods: a ReplicaSet, a StatefulSet, a DaemonSet, a Job, or Pods without an owner. */
import { t } from '../../i18n/translate';
import { hasDetails } from '../../view/card-size';
import { type Card, isBarePods, UNSCHEDULED } from '../../view/cards';
import type { WorkloadRow } from '../../view/rows';
import { useSession } from '../state/session';
import { useRow } from '../state/world';
import { AutoscalerStrip } from './autoscaler-card';
import { Counted } from './counted';
import { Namespace } from './namespace';
import { ObjectButton } from './object-button';
import { PodField } from './pod-field';
import { describeWorkload, detailsOf, jobStateText } from './workload-words';

/** See the header. */
export function GroupCard({ card }: { card: Extract<Card, { type: 'group' }> }) {
  const row = useRow<WorkloadRow>(card.id);
  const selected = useSession((session) => session.selected === card.id);
  return (
    <article className="card group-card" data-selected={selected || undefined}>
      {row ? (
        <GroupHead row={row} />
      ) : (
        <header className="group-head title-only">
          <p className="object-name plain">{groupTitle(card.id)}</p>
          <p className="group-count">{card.pods.length}</p>
        </header>
      )}
      {row && hasDetails(card) && <Details row={row} />}
      {card.autoscalers.map((id) => (
        <AutoscalerStrip key={id} id={id} />
      ))}
      {card.pods.length > 0 ? (
        <PodField pods={card.pods} within={card.id === UNSCHEDULED ? 'node' : 'workload'} />
      ) : (
        <p className="no-pods">{t('workload.noPods')}</p>
      )}
    </article>
  );
}

function GroupHead({ row }: { row: WorkloadRow }) {
  return (
    <header className="group-head">
      <div>
        <p className="card-kind">
          {row.kind}
          {!row.owner && <Namespace name={row.namespace} />}
          {row.revision && <span className="revision">{t('workload.revision', { revision: row.revision })}</span>}
        </p>
        <ObjectButton id={row.id} kind={row.kind} name={row.name} description={describeWorkload(row)} />
      </div>
      <p className="group-count">
        <Counted id={row.id}>
          <strong>{row.ready}</strong>/{row.desired}
        </Counted>
      </p>
    </header>
  );
}

function Details({ row }: { row: WorkloadRow }) {
  const details = detailsOf(row);
  return (
    <p className="group-details" title={details}>
      <span>{details}</span>
      {row.job && <span className={`job-state ${row.job.state}`}>{jobStateText(row.job)}</span>}
    </p>
  );
}

function groupTitle(id: string): string {
  return t(isBarePods(id) ? 'graph.barePods' : 'graph.unscheduled');
}
