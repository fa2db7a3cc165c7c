/** The few facts that say how an object is. */
import type { ReactNode } from 'react';
import { type MessageKey, t } from '../../i18n/translate';
import {
  isDisruptionBudget,
  isNode,
  isPod,
  isService,
  isWorkload,
  type PodRow,
  parseRowId,
  type Row,
  rowId,
  type WorkloadRow,
} from '../../view/rows';
import { describeNode } from '../graph/node-card';
import { PodGlyph } from '../graph/pod-glyph';
import { LOOKS } from '../graph/pod-look';
import { select } from '../state/session';

interface Fact {
  readonly label: MessageKey;
  readonly value: ReactNode;
}

const fact = (label: MessageKey, value: ReactNode): Fact => ({ label, value });

/** See the header. */
export function Summary({ row }: { row: Row }) {
  const facts = factsOf(row).filter(({ value }) => value !== undefined && value !== '');
  if (facts.length === 0) return null;
  return (
    <dl className="facts">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{t(label)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(row: Row): Fact[] {
  if (isPod(row)) return podFacts(row);
  if (isNode(row)) {
    return [
      fact('fact.state', describeNode(row)),
      fact('fact.zone', row.zone),
      fact('fact.taints', row.taints.length > 0 ? <code>{row.taints.join(' ')}</code> : undefined),
    ];
  }
  if (isWorkload(row)) return workloadFacts(row);
  if (isService(row)) {
    return [
      fact('fact.type', row.type),
      fact('fact.address', <code>{row.clusterIP || '—'}</code>),
      fact('fact.ports', row.ports),
    ];
  }
  if (isDisruptionBudget(row)) {
    return [
      fact('fact.allowed', row.allowed),
      fact('fact.healthy', t('fact.ofNeeded', { healthy: row.healthy, needed: row.desiredHealthy })),
    ];
  }
  return [fact('fact.owner', ownerLink(row))];
}

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
    fact('fact.image', <code>{row.images}</code>),
    fact('fact.ip', row.ip && <code>{row.ip}</code>),
    fact('fact.owner', ownerLink(row)),
  ];
}

function workloadFacts(row: WorkloadRow): Fact[] {
  return [
    fact('fact.replicas', t('workload.counts', { ready: row.ready, desired: row.desired })),
    fact(
      'fact.updated',
      row.kind === 'Deployment' ? t('fact.ofTotal', { updated: row.updated, total: row.current }) : undefined,
    ),
    fact('fact.image', <code>{row.images}</code>),
    fact('fact.revision', row.revision),
    fact('fact.owner', ownerLink(row)),
  ];
}

function ownerLink(row: Row): ReactNode {
  return row.owner ? <ObjectLink id={row.owner} /> : undefined;
}

/** Selects another object. */
export function ObjectLink({ id }: { id: string }) {
  const { kind, name } = parseRowId(id);
  return (
    <button
      type="button"
      className="link-button"
      title={`${kind} ${name}`}
      onClick={() => select(id, { reveal: true })}
    >
      {name}
    </button>
  );
}
