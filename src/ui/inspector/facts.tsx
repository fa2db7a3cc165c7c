/** Which facts the inspector shows of an object of each kind; those without a value are left out. */
import type { ReactNode } from 'react';
import { t } from '../../i18n/translate';
import {
  type AutoscalerRow,
  type ClaimRow,
  isAutoscaler,
  isClaim,
  isDisruptionBudget,
  isIngress,
  isNode,
  isOther,
  isPod,
  isQuota,
  isService,
  isVolume,
  isWorkload,
  type NodeRow,
  type PodRow,
  type Row,
  rowId,
  type ServiceRow,
  type VolumeRow,
} from '../../view/rows';
import { describeNode } from '../graph/node-card';
import { PodGlyph } from '../graph/pod-glyph';
import { LOOKS } from '../graph/pod-look';
import { StorageGlyph } from '../graph/storage-glyph';
import { type Fact, fact, imagesFact, ObjectLink, ownerFact } from './fact';
import { workloadFacts } from './workload-facts';

/** Several objects as links. */
function links(ids: readonly string[] | undefined): ReactNode {
  if (!ids || ids.length === 0) return undefined;
  return (
    <span className="fact-links">
      {ids.map((id) => (
        <ObjectLink key={id} id={id} />
      ))}
    </span>
  );
}

/** See the header. */
export function factsOf(row: Row): Fact[] {
  if (isPod(row)) return podFacts(row);
  if (isNode(row)) return nodeFacts(row);
  if (isWorkload(row)) return workloadFacts(row);
  if (isService(row)) return serviceFacts(row);
  if (isClaim(row)) return claimFacts(row);
  if (isVolume(row)) return volumeFacts(row);
  if (isAutoscaler(row)) return autoscalerFacts(row);
  if (isIngress(row)) {
    return [
      fact('fact.class', row.ingressClass),
      fact('fact.hosts', <code>{row.hosts}</code>),
      fact('fact.services', links(row.services)),
    ];
  }
  if (isQuota(row))
    return row.lines.map(({ resource, used, hard }) => ({ label: resource, value: `${used} / ${hard}` }));
  if (isDisruptionBudget(row)) {
    return [
      fact('fact.allowed', row.allowed),
      fact('fact.healthy', t('fact.ofNeeded', { healthy: row.healthy, needed: row.desiredHealthy })),
    ];
  }
  const cells = isOther(row) ? row.cells.map(([label, value]) => ({ label: inWords(label), value })) : [];
  return [...cells, ownerFact(row)];
}

/** kubectl's `ALLOWED DISRUPTIONS` is shouted because it heads a column. */
const inWords = (title: string): string => title.charAt(0) + title.slice(1).toLowerCase();

function podFacts(row: PodRow): Fact[] {
  const state = (
    <span className="fact-state">
      <PodGlyph look={row.look} size={14} /> {t(LOOKS[row.look].name)}
      {row.status !== 'Running' && row.status !== t(LOOKS[row.look].name) && (
        <span className="quiet">{row.status}</span>
      )}
    </span>
  );
  return [
    fact('fact.state', state),
    fact('fact.node', row.node ? <ObjectLink id={rowId('Node', undefined, row.node)} /> : t('pod.noNode')),
    fact('fact.containers', t('fact.readyOf', { ready: row.readyContainers, total: row.containers })),
    fact('fact.restarts', row.restarts > 0 ? row.restarts : undefined),
    imagesFact(row),
    fact('fact.ip', row.ip && <code>{row.ip}</code>),
    fact('fact.index', row.index),
    fact('fact.revision', row.revision && <code>{row.revision}</code>),
    fact('fact.claims', links(row.claims)),
    ownerFact(row),
  ];
}

function nodeFacts(row: NodeRow): Fact[] {
  return [
    fact('fact.state', describeNode(row)),
    fact('fact.zone', row.zone),
    fact('fact.taints', row.taints.length > 0 ? <code>{row.taints.join(' ')}</code> : undefined),
  ];
}

function serviceFacts(row: ServiceRow): Fact[] {
  return [
    fact('fact.type', row.type),
    fact('fact.address', <code>{row.clusterIP || '—'}</code>),
    fact('fact.ports', row.ports),
  ];
}

function storageState(row: ClaimRow | VolumeRow): Fact {
  const state = (
    <span className="fact-state">
      <StorageGlyph look={row.look} isVolume={isVolume(row)} /> {row.status}
    </span>
  );
  return fact('fact.state', state);
}

function claimFacts(row: ClaimRow): Fact[] {
  return [
    storageState(row),
    fact('fact.volume', row.volume && <ObjectLink id={row.volume} />),
    fact('fact.size', row.size),
    fact('fact.modes', row.modes),
    fact(
      'fact.storageClass',
      row.storageClass && <ObjectLink id={rowId('StorageClass', undefined, row.storageClass)} />,
    ),
    ownerFact(row),
  ];
}

function volumeFacts(row: VolumeRow): Fact[] {
  return [
    storageState(row),
    fact('fact.claim', row.claim && <ObjectLink id={row.claim} />),
    fact('fact.size', row.size),
    fact('fact.modes', row.modes),
    fact('fact.reclaim', row.reclaimPolicy),
    fact(
      'fact.storageClass',
      row.storageClass && <ObjectLink id={rowId('StorageClass', undefined, row.storageClass)} />,
    ),
  ];
}

function autoscalerFacts(row: AutoscalerRow): Fact[] {
  const { min, max, current, desired } = row;
  return [
    fact('fact.target', <ObjectLink id={row.target} />),
    fact('fact.metrics', <code>{row.targets}</code>),
    fact('fact.replicas', t('fact.replicasOf', { current, desired, min, max })),
    fact('fact.trouble', row.trouble),
    fact('fact.limit', row.limit),
  ];
}
