/** A Node: how it is, how much of it is promised away, and the Pods on it. */
import { t } from '../../i18n/translate';
import type { Card } from '../../view/cards';
import { isPod, type NodeRow } from '../../view/rows';
import { useSession } from '../state/session';
import { useRow, useWorld } from '../state/world';
import { ObjectButton } from './object-button';
import { PodField } from './pod-field';

/** A Node's state in words. */
export function describeNode(row: NodeRow): string {
  const ready = t(row.ready === 'True' ? 'node.ready' : row.ready === 'Unknown' ? 'node.unknown' : 'node.notReady');
  return row.unschedulable ? `${ready}, ${t('node.cordoned')}` : ready;
}

/** See the header. */
export function NodeCard({ card }: { card: Extract<Card, { type: 'node' }> }) {
  const row = useRow<NodeRow>(card.id);
  const selected = useSession((session) => session.selected === card.id);
  const requested = useRequested(card.pods);
  if (!row) return null;
  const state = describeNode(row);
  const tone = row.ready !== 'True' ? 'bad' : row.unschedulable ? 'busy' : 'good';
  return (
    <article className="card node-card" data-selected={selected || undefined} data-tone={tone}>
      <header className="group-head">
        <div>
          <p className="card-kind">
            {t('kind.node')}
            {row.zone && <span className="namespace">{row.zone}</span>}
          </p>
          <ObjectButton id={row.id} kind="Node" name={row.name} description={state} />
        </div>
        <p className={`node-state ${tone}`}>{state}</p>
      </header>
      <dl className="bars">
        <Bar label={t('node.cpu')} used={requested.cpuMilli} full={row.cpuMilli} text={cpuText} />
        <Bar label={t('node.memory')} used={requested.memoryBytes} full={row.memoryBytes} text={memoryText} />
        <Bar label={t('node.pods')} used={card.pods.length} full={row.pods} text={String} />
      </dl>
      {card.pods.length > 0 ? (
        <PodField pods={card.pods} within="node" />
      ) : (
        <p className="no-pods">{t('workload.noPods')}</p>
      )}
    </article>
  );
}

function Bar(props: { label: string; used: number; full: number; text: (amount: number) => string }) {
  const { label, used, full, text } = props;
  return (
    <div className="bar-row">
      <dt>{label}</dt>
      <dd>
        <span className="bar" aria-hidden="true">
          <span style={{ width: `${Math.min(100, (100 * used) / Math.max(1, full))}%` }} />
        </span>
        <span className="bar-text">
          {text(used)} / {text(full)}
        </span>
      </dd>
    </div>
  );
}

/** What the card's Pods request. Packed in a string, so that an unchanged sum wakes nobody. */
function useRequested(pods: readonly string[]): { cpuMilli: number; memoryBytes: number } {
  const packed = useWorld((world) => {
    let cpuMilli = 0;
    let memoryBytes = 0;
    for (const id of pods) {
      const pod = world.rows.get(id);
      if (!pod || !isPod(pod) || pod.look === 'succeeded') continue;
      cpuMilli += pod.cpuMilli;
      memoryBytes += pod.memoryBytes;
    }
    return `${cpuMilli}/${memoryBytes}`;
  });
  const [cpuMilli = 0, memoryBytes = 0] = packed.split('/').map(Number);
  return { cpuMilli, memoryBytes };
}

function cpuText(milli: number): string {
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

function memoryText(bytes: number): string {
  const mebi = bytes / 2 ** 20;
  if (bytes === 0) return '0';
  return mebi >= 1024 ? `${Number((mebi / 1024).toFixed(1))}Gi` : `${Math.round(mebi)}Mi`;
}
