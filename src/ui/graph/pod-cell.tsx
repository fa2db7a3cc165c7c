/**
 * One Pod in a card: a line with words, or a cell that is only its sign. Each wakes only when its own row changes. A cell
 * is one single element (its sign is drawn by pod-signs.css), because hundreds of them come and go within a frame.
 */
import { memo, useContext } from 'react';
import { listed, t } from '../../i18n/translate';
import { isNode, isWorkload, type PodLook, type PodRow } from '../../view/rows';
import { useRow, useWorld } from '../state/world';
import { Near } from './closeness';
import { PodGlyph } from './pod-glyph';
import { LOOKS } from './pod-look';
import { shownHash } from './workload-words';

/** The state in words, for the accessible description and the tooltip. */
export function describePod(pod: PodRow): string {
  const where = pod.node ? t('pod.onNode', { node: pod.node }) : t('pod.noNode');
  return listed(
    `${t(LOOKS[pod.look].name)} (${pod.status})`,
    `${pod.readyContainers}/${pod.containers}`,
    where,
    pod.restarts > 0 && t('pod.restarts', { count: pod.restarts }),
    pod.revision && t('workload.revision', { revision: pod.revision }),
  );
}

/** A Pod's name without what its owner's name says already. */
function shortName(pod: PodRow): string {
  const owner = pod.owner?.slice(pod.owner.lastIndexOf('/') + 1);
  return owner && pod.name.startsWith(`${owner}-`) ? pod.name.slice(owner.length + 1) : pod.name;
}

/** A container's state where there is room for one sign. */
const SIGNS: Readonly<Record<PodLook, string>> = {
  pending: '○',
  creating: '◔',
  notReady: '◑',
  ready: '●',
  terminating: '⊘',
  failed: '✕',
  succeeded: '✓',
};
const MOST_SIGNS = 6;

/** A sign for each container, or how many are ready of more than have room. */
function signsOf({ parts, readyContainers, containers }: PodRow): string {
  const looks = parts.split(' ').map((part) => part.slice(part.indexOf('=') + 1) as PodLook);
  return looks.length > MOST_SIGNS ? `${readyContainers}/${containers}` : looks.map((look) => SIGNS[look]).join('');
}

interface Props {
  readonly id: string;
  readonly mode: 'lines' | 'cells';
  /** What a line says beside the state: the node, or (in a node's card) the whole name. */
  readonly within: 'workload' | 'node';
  readonly selected: boolean;
}

/** Clicks and tooltips are the field's; it finds the Pod by `data-pod`. */
export const PodCell = memo(function PodCell({ id, mode, within, selected }: Props) {
  const pod = useRow<PodRow>(id);
  if (!pod) return null;
  return (
    <button
      type="button"
      className={mode === 'lines' ? 'pod-line nodrag' : 'pod-cell nodrag'}
      tabIndex={-1}
      data-pod={id}
      data-look={pod.look}
      data-selected={selected || undefined}
      aria-label={`Pod ${pod.name}`}
      aria-description={describePod(pod)}
      data-short={mode === 'cells' ? pod.name.slice(pod.name.lastIndexOf('-') + 1) : undefined}
      data-ready={pod.containers > 1 ? signsOf(pod) : undefined}
    >
      {mode === 'lines' && <PodWords pod={pod} within={within} />}
    </button>
  );
});

function PodWords({ pod, within }: { pod: PodRow; within: Props['within'] }) {
  return (
    <>
      <PodGlyph look={pod.look} />
      <span className="pod-name mono">
        {within === 'node' ? pod.name : shortName(pod)}
        {within === 'workload' && pod.revision && <Revision pod={pod} />}
      </span>
      <span className="pod-status">
        {statusWord(pod)}
        {pod.restarts > 0 && <span className="pod-restarts"> ↻{pod.restarts}</span>}
      </span>
      {within === 'workload' && <NodeWord name={pod.node} />}
      <Containers parts={pod.parts} />
    </>
  );
}

/** Each container, for who looks closely. */
function Containers({ parts }: { parts: string }) {
  const isNear = useContext(Near);
  if (!isNear) return null;
  return (
    <span className="pod-parts">
      {parts.split(' ').map((part) => {
        const [name = '', look] = part.split('=');
        return (
          <span key={name}>
            <PodGlyph look={look as PodLook} size={6} /> {name}
          </span>
        );
      })}
    </span>
  );
}

/** Which revision a StatefulSet's Pod is of, while there are two; the new one in the colour of what is under way. */
function Revision({ pod }: { pod: PodRow }) {
  const update = useWorld((world) => {
    const owner = pod.owner ? world.rows.get(pod.owner) : undefined;
    const set = owner && isWorkload(owner) ? owner.statefulSet : undefined;
    return set && set.current !== set.update ? set.update : undefined;
  });
  if (!update) return null;
  const isNew = pod.revision === update;
  return <span className={isNew ? 'pod-revision new' : 'pod-revision'}>{pod.revision && shownHash(pod.revision)}</span>;
}

/** `Running` says too little of a Pod that is not ready, so that is what stands there. */
export function statusWord(pod: PodRow): string {
  if (pod.look === 'ready') return t('look.ready');
  return pod.look === 'notReady' && pod.status === 'Running' ? t('look.notReadyShort') : pod.status;
}

/** Where it runs; in the warning colour when that node is not well. */
function NodeWord({ name }: { name: string | undefined }) {
  const well = useWorld((world) => {
    const node = name ? world.rows.get(`Node/${name}`) : undefined;
    return !node || (isNode(node) && node.ready === 'True');
  });
  return <span className={well ? 'pod-node' : 'pod-node unwell'}>{name ?? '—'}</span>;
}
