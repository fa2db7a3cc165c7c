/** A workload in few words, where there are many: how it is, and its Pods as signs or, when they are many, as a bar. */
import { useContext } from 'react';
import { listed, type MessageKey, t } from '../../i18n/translate';
import { type Card, isBarePods } from '../../view/cards';
import { isPod, type PodLook, type WorkloadRow } from '../../view/rows';
import { useSession } from '../state/session';
import { useRow, useWorld } from '../state/world';
import { Near } from './closeness';
import { ObjectButton } from './object-button';
import { PodField } from './pod-field';
import { LOOK_ORDER, LOOKS } from './pod-look';
import { describeWorkload, stateOf } from './workload-words';

/** More Pods are a bar. */
const FEW_PODS = 6;

/** See the header. */
export function TileCard({ card }: { card: Extract<Card, { type: 'tile' }> }) {
  const row = useRow<WorkloadRow>(card.id);
  const selected = useSession((session) => session.selected === card.id);
  const isNear = useContext(Near);
  if (!row && !isBarePods(card.id)) return null;
  return (
    <article className="card tile-card" data-selected={selected || undefined}>
      <p className="card-kind">
        {row ? row.kind : t('graph.barePods')}
        {row && <Word row={row} />}
      </p>
      <div className="tile-name">
        {row && <ObjectButton id={row.id} kind={row.kind} name={row.name} description={describeWorkload(row)} />}
        <span className="tile-count">{row ? `${row.ready}/${row.desired}` : card.pods.length}</span>
      </div>
      {card.pods.length <= FEW_PODS ? (
        <PodField pods={card.pods} within="workload" cells={FEW_PODS} />
      ) : isNear ? (
        <Closely pods={card.pods} />
      ) : (
        <Health pods={card.pods} />
      )}
    </article>
  );
}

/** So many small cells have room in a tile, and in the row above words. */
const SMALL_CELLS = { columns: 20, count: 60 } as const;

/** Looked at closely, many Pods are one by one, small; the rest is counted. */
function Closely({ pods }: { pods: readonly string[] }) {
  const { columns, count } = SMALL_CELLS;
  const shown = pods.length > count ? pods.slice(0, columns) : pods;
  return (
    <>
      <div className="tile-near">
        <PodField pods={shown} within="workload" cells={columns} />
      </div>
      {shown.length < pods.length && (
        <p className="health-words">{t('plane.more', { count: pods.length - shown.length })}</p>
      )}
    </>
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
          .filter(([look]) => look !== 'ready' || looks.length === 1)
          .map(([look, count]) => `${count} ${t(nameOf(look))}`)
          .join(', ')}
      </p>
    </div>
  );
}
