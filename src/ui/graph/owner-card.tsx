/** A workload that owns workloads: a Deployment with its rollout, a CronJob with its runs. */
import { t } from '../../i18n/translate';
import type { Card } from '../../view/cards';
import { type CronJobRuns, parseRowId, type WorkloadRow } from '../../view/rows';
import { useSession } from '../state/session';
import { useRow } from '../state/world';
import { AutoscalerStrip } from './autoscaler-card';
import { Counted } from './counted';
import { Gauge } from './gauge';
import { Namespace } from './namespace';
import { ObjectButton } from './object-button';
import { PodGlyph } from './pod-glyph';
import { describeWorkload, stateOf } from './workload-words';

/** See the header. */
export function OwnerCard({ card }: { card: Extract<Card, { type: 'owner' }> }) {
  const row = useRow<WorkloadRow>(card.id);
  const selected = useSession((session) => session.selected === card.id);
  if (!row) return null;
  const { word, tone } = stateOf(row);
  return (
    <article className="card owner-card" data-selected={selected || undefined}>
      <p className="card-kind">
        <span className="kind" title={row.kind}>
          {row.kind}
        </span>{' '}
        <Namespace name={row.namespace} />
        <span className={`owner-word ${tone}`}>{t(word)}</span>
      </p>
      <ObjectButton id={row.id} kind={row.kind} name={row.name} description={describeWorkload(row)} />
      {row.cronJob ? <Schedule runs={row.cronJob} /> : <Replicas row={row} />}
      {card.autoscalers.map((id) => (
        <AutoscalerStrip key={id} id={id} />
      ))}
      {card.folded.length > 0 && <Folded ids={card.folded} isRuns={row.cronJob !== undefined} />}
    </article>
  );
}

function Replicas({ row }: { row: WorkloadRow }) {
  return (
    <>
      <p className="card-image mono" title={row.images}>
        {row.images}
      </p>
      <p className="owner-counts">
        <Counted id={row.id}>
          <strong>{row.ready}</strong> {t('workload.ofReady', { desired: row.desired })}
        </Counted>
      </p>
      <Gauge ready={row.ready} desired={row.desired} current={row.current} />
    </>
  );
}

/** `2026-01-01T00:05:00Z` is `00:05:00`: runs are minutes apart more often than days. */
const clockOf = (timestamp: string): string => timestamp.slice(11, 19);

function Schedule({ runs }: { runs: CronJobRuns }) {
  const { schedule, timeZone, concurrencyPolicy, active, lastAt, nextAt } = runs;
  return (
    <>
      <p className="card-image mono" title={timeZone}>
        {schedule}
      </p>
      <p className="owner-counts">
        <strong>{active}</strong>
        <span>{t('cronJob.active', { policy: concurrencyPolicy })}</span>
      </p>
      <p className="cron-times">
        <span>{t('cronJob.last', { time: lastAt ? clockOf(lastAt) : '—' })}</span>
        <span>{t('cronJob.next', { time: nextAt ? clockOf(nextAt) : '—' })}</span>
      </p>
    </>
  );
}

/** ReplicaSets of old revisions that hold nothing any more, or runs that are long over. */
function Folded({ ids, isRuns }: { ids: readonly string[]; isRuns: boolean }) {
  return (
    <p className="folded">
      <span>{t(isRuns ? 'cronJob.folded' : 'workload.folded')}</span>
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
  const description = row?.job ? describeWorkload(row) : t('workload.empty');
  return (
    <ObjectButton id={id} kind={kind} name={name} description={description} className="folded-chip">
      {row?.job ? (
        <PodGlyph look={row.job.state === 'failed' ? 'failed' : 'succeeded'} size={11} />
      ) : (
        (row?.revision ?? name)
      )}
    </ObjectButton>
  );
}
