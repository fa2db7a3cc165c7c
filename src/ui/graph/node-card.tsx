/** A Node as a bin: what its Pods request of it, each a part, what it uses where that is known, how it is, and the Pods themselves. */
import { listed, t } from '../../i18n/translate';
import type { Card } from '../../view/cards';
import { shortTaint, taintLines } from '../../view/node-notes';
import { isPod, type NodeRow, parseRowId } from '../../view/rows';
import { useSession } from '../state/session';
import { useRow, useWorld } from '../state/world';
import { useNodeUsage } from './node-uses';
import { ObjectButton } from './object-button';
import { PodField } from './pod-field';

/** A Node's state in words. */
export function describeNode(row: NodeRow): string {
  const ready = t(row.ready === 'True' ? 'node.ready' : row.ready === 'Unknown' ? 'node.unknown' : 'node.notReady');
  return listed(ready, row.unschedulable && t('node.cordoned'));
}

/** See the header. */
export function NodeCard({ card }: { card: Extract<Card, { type: 'node' }> }) {
  const row = useRow<NodeRow>(card.id);
  const selected = useSession((session) => session.selected === card.id);
  const parts = useParts(card.pods);
  const use = useNodeUsage(({ byNode }) => byNode.get(parseRowId(card.id).name));
  if (!row) return null;
  const state = describeNode(row);
  const tone = row.ready !== 'True' ? 'bad' : row.unschedulable ? 'busy' : 'good';
  const sum = (of: 'cpuMilli' | 'memoryBytes') => parts.reduce((total, part) => total + part[of], 0);
  return (
    <article className="card node-card" data-selected={selected || undefined} data-tone={tone}>
      <header className="group-head">
        <div>
          <p className="card-kind">{t('kind.node')}</p>
          <ObjectButton id={row.id} kind="Node" name={row.name} description={state} />
        </div>
        <p className={`node-state ${tone}`}>{state}</p>
      </header>
      {card.notes !== undefined && <Notes row={row} />}
      <dl className="bars">
        <Bin
          label={t('node.cpu')}
          parts={parts.map(({ cpuMilli, ...part }) => ({ ...part, amount: cpuMilli }))}
          full={row.cpuMilli}
          used={use?.cpuMilli}
          text={`${cpuText(sum('cpuMilli'))} / ${cpuText(row.cpuMilli)}`}
          usedText={use && t('node.uses', { amount: cpuText(Math.round(use.cpuMilli)) })}
        />
        <Bin
          label={t('node.memory')}
          parts={parts.map(({ memoryBytes, ...part }) => ({ ...part, amount: memoryBytes }))}
          full={row.memoryBytes}
          used={use?.memoryBytes}
          text={`${memoryText(sum('memoryBytes'))} / ${memoryText(row.memoryBytes)}`}
          usedText={use && t('node.uses', { amount: memoryText(use.memoryBytes) })}
        />
        <Bin
          label={t('node.pods')}
          parts={parts.map((part) => ({ ...part, amount: part.count }))}
          full={row.pods}
          used={undefined}
          text={`${card.pods.length} / ${row.pods}`}
          usedText={undefined}
        />
      </dl>
      {card.pods.length > 0 ? (
        <PodField pods={card.pods} within="node" />
      ) : (
        <p className="no-pods">{t('workload.noPods')}</p>
      )}
    </article>
  );
}

/** Conditions that are not well, then taints, one below the other. */
function Notes({ row }: { row: NodeRow }) {
  const { conditions, taints } = row;
  const { shown, more } = taintLines(row);
  return (
    <>
      {conditions.length > 0 && (
        <p className="node-notes" title={conditions.join('\n')}>
          {conditions.map((condition) => (
            <span key={condition} className="bad">
              {condition}
            </span>
          ))}
        </p>
      )}
      {shown.map((taint) => {
        const [key, effect] = shortTaint(taint);
        return (
          <p key={taint} className="node-notes mono" title={taint}>
            <span className="taint">
              <span>{key}</span>
              <span>{effect}</span>
            </span>
          </p>
        );
      })}
      {more > 0 && (
        <p className="node-notes" title={taints.slice(shown.length).join('\n')}>
          {t('plane.more', { count: more })}
        </p>
      )}
    </>
  );
}

/** What one Pod takes; or all together, where they are many. */
interface Part {
  readonly id: string;
  readonly look: string;
  readonly count: number;
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

interface BinProps {
  readonly label: string;
  readonly parts: readonly { readonly id: string; readonly look: string; readonly amount: number }[];
  readonly full: number;
  readonly used: number | undefined;
  readonly text: string;
  readonly usedText: string | undefined;
}

const share = (amount: number, full: number): string => `${Math.min(100, (100 * amount) / Math.max(1, full))}%`;

function Bin({ label, parts, full, used, text, usedText }: BinProps) {
  const selected = useSession((session) => session.selected);
  return (
    <div className="bar-row">
      <dt>{label}</dt>
      <dd title={listed(t('node.requested', { amount: text }), usedText)}>
        <span className="bin" aria-hidden="true">
          {parts.map(({ id, look, amount }) =>
            amount === 0 ? null : (
              <span
                key={id}
                data-look={look}
                data-selected={id === selected || undefined}
                style={{ width: share(amount, full) }}
                title={id ? parseRowId(id).name : undefined}
              />
            ),
          )}
          {used !== undefined && <i style={{ left: share(used, full) }} />}
        </span>
        <span className="bar-text">
          {text}
          {usedText && <span className="visually-hidden">{`${t('words.comma')}${usedText}`}</span>}
        </span>
      </dd>
    </div>
  );
}

/** More Pods are one part: hundreds of slivers could not be told apart. */
const MOST_PARTS = 40;

/** What the card's Pods request. Packed in a string, so that unchanged requests wake nobody. */
function useParts(pods: readonly string[]): readonly Part[] {
  const packed = useWorld(({ rows }) => {
    const parts: Part[] = [];
    for (const id of pods) {
      const pod = rows.get(id);
      if (!pod || !isPod(pod) || pod.look === 'succeeded') continue;
      parts.push({ id, look: pod.look, count: 1, cpuMilli: pod.cpuMilli, memoryBytes: pod.memoryBytes });
    }
    return JSON.stringify(parts.length > MOST_PARTS ? [together(parts)] : parts);
  });
  return JSON.parse(packed) as Part[];
}

function together(parts: readonly Part[]): Part {
  const all = { id: '', look: '', count: 0, cpuMilli: 0, memoryBytes: 0 };
  for (const { count, cpuMilli, memoryBytes } of parts) {
    all.count += count;
    all.cpuMilli += cpuMilli;
    all.memoryBytes += memoryBytes;
  }
  return all;
}

function cpuText(milli: number): string {
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

function memoryText(bytes: number): string {
  const mebi = bytes / 2 ** 20;
  if (bytes === 0) return '0';
  return mebi >= 1024 ? `${Number((mebi / 1024).toFixed(1))}Gi` : `${Math.round(mebi)}Mi`;
}

/** The zone that nodes stand in. */
export function ZoneCard({ card }: { card: Extract<Card, { type: 'zone' }> }) {
  return (
    <section className="frame-card zone-card" aria-label={t('node.zone', { zone: card.name })}>
      <p>
        {card.name} <span className="quiet">{t('node.inZone', { count: card.nodes.length })}</span>
      </p>
    </section>
  );
}
