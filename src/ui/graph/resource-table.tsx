/**
 * All objects of a kind as a table, which also stands for a drawing that is too large to have a button for each: sorted by any column,
 * narrowed by namespace and text, scrolled to what is selected. Only what is in sight exists.
 */
import { type KeyboardEvent, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { t } from '../../i18n/translate';
import { isPod, parseRowId, type Row } from '../../view/rows';
import { cellsOf, contentsOf, type Order, tableOf } from '../../view/table-columns';
import { MenuButton } from '../menus/menu-button';
import { select, useSession } from '../state/session';
import { useRow, useRows } from '../state/world';
import { LINE_PX, useSight } from './in-sight';
import { useLooksFilter } from './looks-filter';
import { PodGlyph } from './pod-glyph';
import './resource-table.css';
import { descriptionOf } from './row-words';

const SORT_MS = 250;
const BY_NAME: Order = { title: 'NAME', isDown: false };

interface Wish {
  readonly kind: string;
  readonly namespace: string;
  readonly text: string;
  readonly order: Order;
}

/** See the header. */
export default function ResourceTable({ simplified }: { simplified: boolean }) {
  const world = useRows('version', SORT_MS);
  const [wish, setWish] = useState<Wish>({ kind: 'Pod', namespace: '', text: '', order: BY_NAME });
  const looks = useLooksFilter((state) => state.only);
  const { kinds, namespaces } = useMemo(() => contentsOf(world.rows.values()), [world]);
  const ids = useMemo(() => tableOf(world.rows.values(), { ...wish, looks }), [world, wish, looks]);
  const first = ids[0] === undefined ? undefined : world.rows.get(ids[0]);
  const titles = first ? cellsOf(first).map(([title]) => title) : [];
  return (
    <section className="resource-table" aria-label={t('table.region')}>
      <div className="resource-table-head">
        <Choice
          label={t('table.kind')}
          value={wish.kind}
          onChange={(kind) => setWish({ ...wish, kind, order: BY_NAME })}
        >
          {(kinds.some(([kind]) => kind === wish.kind) ? kinds : [[wish.kind, 0] as const, ...kinds]).map(
            ([kind, count]) => (
              <option key={kind} value={kind}>
                {kind} ({count})
              </option>
            ),
          )}
        </Choice>
        <Choice
          label={t('table.namespace')}
          value={wish.namespace}
          onChange={(namespace) => setWish({ ...wish, namespace })}
        >
          <option value="">{t('table.allNamespaces')}</option>
          {namespaces.map((namespace) => (
            <option key={namespace} value={namespace}>
              {namespace}
            </option>
          ))}
        </Choice>
        <input
          className="field"
          type="search"
          aria-label={t('table.filter')}
          placeholder={t('table.filter')}
          value={wish.text}
          onChange={(event) => setWish({ ...wish, text: event.target.value })}
        />
        <p className="quiet" role="status">
          {t(simplified ? 'table.simplified' : 'table.all', { count: ids.length })}
        </p>
      </div>
      <Body ids={ids} titles={titles} order={wish.order} onOrder={(order) => setWish({ ...wish, order })} />
    </section>
  );
}

function Choice(props: { label: string; value: string; onChange: (value: string) => void; children: React.ReactNode }) {
  return (
    <select
      className="field"
      aria-label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    >
      {props.children}
    </select>
  );
}

interface BodyProps {
  readonly ids: readonly string[];
  readonly titles: readonly string[];
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
}

function Body({ ids, titles, order, onOrder }: BodyProps) {
  const { body, onScroll, start, end } = useSight<HTMLDivElement>();
  const selected = useSession((session) => session.selected);
  /** It goes there when something is selected, not with every change. */
  const goTo = useEffectEvent((id: string) => {
    const place = ids.indexOf(id);
    const box = body.current;
    if (!box || place < 0) return;
    const at = place * LINE_PX;
    if (at < box.scrollTop || at > box.scrollTop + box.clientHeight - 3 * LINE_PX)
      box.scrollTop = at - box.clientHeight / 2;
  });
  useEffect(() => {
    if (selected !== null) goTo(selected);
  }, [selected]);
  const shown = ids.slice(start, end);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside take the keys that reach it
    <div className="resource-table-body" ref={body} onScroll={onScroll} onKeyDown={moveFocus}>
      <table aria-rowcount={ids.length + 1}>
        <thead>
          <tr>
            {['NAME', 'NAMESPACE', ...titles].map((title) => (
              <Title key={title} title={title} order={order} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          <tr style={{ height: start * LINE_PX }} />
          {shown.map((id, index) => (
            <TableRow key={id} id={id} index={start + index + 2} isStop={index === 0} />
          ))}
          <tr style={{ height: Math.max(0, ids.length - start - shown.length) * LINE_PX }} />
        </tbody>
      </table>
    </div>
  );
}

/** The arrows go from name to name. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || !(event.target instanceof HTMLElement) || !event.target.closest('tbody')) return;
  const names = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody .resource-name')];
  const next = names[names.indexOf(event.target) + by];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}

function Title({ title, order, onOrder }: { title: string } & Pick<BodyProps, 'order' | 'onOrder'>) {
  const isOwn = order.title === title;
  return (
    <th scope="col" aria-sort={isOwn ? (order.isDown ? 'descending' : 'ascending') : undefined}>
      <button type="button" onClick={() => onOrder({ title, isDown: isOwn && !order.isDown })}>
        {title}
        <span aria-hidden="true">{isOwn ? (order.isDown ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
}

function TableRow({ id, index, isStop }: { id: string; index: number; isStop: boolean }) {
  const row = useRow<Row>(id);
  const selected = useSession((session) => session.selected === id);
  const changed = useSession(({ changes, playing }) =>
    playing ? undefined : changes?.objects.find((each) => each.id === id)?.cells,
  );
  if (!row) return null;
  const { kind, name } = parseRowId(id);
  return (
    <tr aria-rowindex={index} data-object={id} data-selected={selected || undefined}>
      <td>
        <button
          type="button"
          className="resource-name mono"
          tabIndex={isStop || selected ? 0 : -1}
          aria-label={`${kind} ${name}`}
          aria-description={descriptionOf(row)}
          onClick={() => select(id, { reveal: true })}
        >
          {name}
        </button>
        <MenuButton id={id} />
      </td>
      <td>{row.namespace || '—'}</td>
      {cellsOf(row).map(([title, { text }]) => {
        const was = changed?.find((each) => each.title === title && each.to === text)?.from;
        return (
          <td
            key={title}
            title={was === undefined ? text : `${was} → ${text}`}
            data-look={isPod(row) && title === 'STATUS' ? row.look : undefined}
            data-changed={was === undefined ? undefined : true}
          >
            {isPod(row) && title === 'STATUS' && <PodGlyph look={row.look} size={12} />}{' '}
            {was !== undefined && <span className="quiet">{was} → </span>}
            {text}
          </td>
        );
      })}
    </tr>
  );
}
