/** A workload in few words, where there are many: how it is, and its Pods as signs or, when they are many, as a bar. */
import { Suspense, useContext } from 'react';
import { listed, type MessageKey, t } from '../../i18n/translate';
import { type Card, isBarePods } from '../../view/cards';
import { isPod, type PodLook, type WorkloadRow } from '../../view/rows';
import { CutName } from '../shell/cut-name';
import { late } from '../shell/late';
import { useSession } from '../state/session';
import { useRow, useWorld } from '../state/world';
import { Near } from './closeness';
import { ObjectButton } from './object-button';
import { PodField } from './pod-field';
import { LOOK_ORDER, LOOKS } from './pod-look';
import { describeWorkload, stateOf } from './workload-words';

const TileNear = late(() => import('./tile-near'));

/** More Pods are a bar. */
const FEW_PODS = 6;

/** What kubectl calls the kinds for short: from afar, there is room for words this long. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  Deployment: 'deploy',
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  ReplicaSet: 'rs',
  ReplicationController: 'rc',
  CronJob: 'cj',
  Job: 'job',
};

/** See the header. */
export function TileCard({ card }: { card: Extract<Card, { type: 'tile' }> }) {
  const row = useRow<WorkloadRow>(card.id);
  const selected = useSession((session) => session.selected === card.id);
  const isNear = useContext(Near);
  if (!row && !isBarePods(card.id)) return null;
  return (
    <article className="card tile-card" data-selected={selected || undefined}>
      {row && (
        <ObjectButton id={row.id} kind={row.kind} name={row.name} description={describeWorkload(row)}>
          <CutName name={row.name} />
        </ObjectButton>
      )}
      <p className="tile-facts">
        <span className="tile-count">{row ? `${row.ready}/${row.desired}` : card.pods.length}</span>
        <span className="tile-kind">{row ? (SHORT_NAMES[row.kind] ?? row.kind) : t('graph.barePods')}</span>
        {row && <Word row={row} />}
      </p>
      {isNear ? (
        <Suspense fallback={null}>
          <TileNear pods={card.pods} images={row?.images} />
        </Suspense>
      ) : card.pods.length <= FEW_PODS ? (
        <PodField pods={card.pods} within="workload" cells={FEW_PODS} />
      ) : (
        <Health pods={card.pods} />
      )}
    </article>
  );
}

function Word({ row }: { row: WorkloadRow }) {
  const { word, tone } = stateOf(row);
  return <span className={`owner-word ${tone}`}>{t(word)}</span>;
}

/** How many Pods are in each state. Packed in a string, so that an unchanged sum wakes nobody. */
export function useLooks(pods: readonly string[]): readonly (readonly [PodLook, number])[] {
  const packed = useWorld(({ rows }) => {
    const counts = new Map<PodLook, number>();
    for (const id of pods) {
      const pod = rows.get(id);
      if (pod && isPod(pod)) counts.set(pod.look, (counts.get(pod.look) ?? 0) + 1);
    }
    return LOOK_ORDER.map((look) => counts.get(look) ?? 0).join('/');
  });
  const counts = packed.split('/').map(Number);
  return LOOK_ORDER.map((look, place) => [look, counts[place] ?? 0] as const).filter(([, count]) => count > 0);
}

const nameOf = (look: PodLook): MessageKey => LOOKS[look].name;

/** The states of many Pods as parts of a bar, and in words. */
export function Health({ pods }: { pods: readonly string[] }) {
  const looks = useLooks(pods);
  return (
    <div className="health" title={listed(...looks.map(([look, count]) => `${count} ${t(nameOf(look))}`))}>
      <div className="health-bar" aria-hidden="true">
        {looks.map(([look, count]) => (
          <span key={look} data-look={look} style={{ flexGrow: count }} />
        ))}
      </div>
      <p className="health-words">
        {looks
          .filter(([look]) => look !== 'ready')
          .map(([look, count]) => `${count} ${t(nameOf(look))}`)
          .join(', ')}
      </p>
    </div>
  );
}
