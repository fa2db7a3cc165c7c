/** The Pods as a table, which stands for a drawing that is too large to have a button for each. Only what is in sight exists. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../i18n/translate';
import type { PodRow } from '../../view/rows';
import { isPod } from '../../view/rows';
import { select, useSession } from '../state/session';
import { useThrottled } from '../state/throttled';
import { useRow, useWorld } from '../state/world';
import { describePod } from './pod-cell';
import { PodGlyph } from './pod-glyph';

const ROW_PX = 28;
const SPARE_ROWS = 8;
const SORT_MS = 250;

/** See the header. */
export function PodTable({ simplified }: { simplified: boolean }) {
  const structure = useThrottled(
    useWorld((world) => world.structure),
    SORT_MS,
  );
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(240);
  const body = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are changed in place; `structure` says when it matters
  const ids = useMemo(() => {
    const found: string[] = [];
    for (const row of useWorld.getState().rows.values()) if (isPod(row)) found.push(row.id);
    return found.sort();
  }, [structure]);
  useEffect(() => {
    if (body.current) setHeight(body.current.clientHeight);
  }, []);
  const first = Math.max(0, Math.floor(top / ROW_PX) - SPARE_ROWS);
  const shown = ids.slice(first, first + Math.ceil(height / ROW_PX) + 2 * SPARE_ROWS);
  return (
    <div className="pod-table">
      <p className="pod-table-note">{t(simplified ? 'table.simplified' : 'table.all', { count: ids.length })}</p>
      <div className="pod-table-body" ref={body} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
        <table aria-rowcount={ids.length + 1}>
          <thead>
            <tr>
              <th scope="col">{t('table.name')}</th>
              <th scope="col">{t('table.status')}</th>
              <th scope="col">{t('table.ready')}</th>
              <th scope="col">{t('table.restarts')}</th>
              <th scope="col">{t('table.node')}</th>
            </tr>
          </thead>
          <tbody>
            <tr style={{ height: first * ROW_PX }} />
            {shown.map((id, index) => (
              <TableRow key={id} id={id} index={first + index + 2} />
            ))}
            <tr style={{ height: Math.max(0, ids.length - first - shown.length) * ROW_PX }} />
          </tbody>
        </table>
      </div>
    </div>
  );
}

function TableRow({ id, index }: { id: string; index: number }) {
  const pod = useRow<PodRow>(id);
  const selected = useSession((session) => session.selected === id);
  if (!pod) return null;
  return (
    <tr aria-rowindex={index} data-object={id} data-selected={selected || undefined}>
      <td>
        <button
          type="button"
          className="mono"
          aria-label={`Pod ${pod.name}`}
          aria-description={describePod(pod)}
          onClick={() => select(id, { reveal: true })}
        >
          {pod.name}
        </button>
      </td>
      <td data-look={pod.look}>
        <PodGlyph look={pod.look} size={12} /> {pod.status}
      </td>
      <td>
        {pod.readyContainers}/{pod.containers}
      </td>
      <td>{pod.restarts}</td>
      <td>{pod.node ?? '—'}</td>
    </tr>
  );
}
