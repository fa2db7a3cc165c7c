/** What the scheduler weighed: every node's verdict, and the score each plugin gave to those that passed. */
import { t } from '../../i18n/translate';
import { rowId } from '../../view/rows';
import { select } from '../state/session';
import { visit } from './step-list';

/** The evidence that the scheduler attaches to its steps, as far as it is read here. */
interface Evidence {
  readonly type: 'scheduling';
  readonly nodes: readonly {
    readonly node: string;
    readonly verdict: string;
    readonly reasons: readonly string[];
    readonly scores: Readonly<Record<string, number>>;
    readonly total: number;
  }[];
  readonly omittedNodes: number;
  readonly notLookedAt: number;
  readonly chosen: string | null;
}

const FEASIBLE = 'feasible';

function isEvidence(detail: unknown): detail is Evidence {
  return typeof detail === 'object' && detail !== null && (detail as { type?: unknown }).type === 'scheduling';
}

/** `NodeResourcesBalancedAllocation` → `Node Resources Balanced Allocation`: narrow columns need somewhere to break. */
function spaced(plugin: string): string {
  return plugin.replace(/([a-z])([A-Z])/g, '$1 $2');
}

/** See the header. */
export function SchedulingTable({ step, detail }: { step: number; detail: unknown }) {
  if (!isEvidence(detail)) return null;
  const plugins = [...new Set(detail.nodes.flatMap(({ scores }) => Object.keys(scores)))];
  const nodes = [...detail.nodes].sort((a, b) => rank(detail, b) - rank(detail, a) || (a.node < b.node ? -1 : 1));
  return (
    <section>
      <h3>
        {detail.chosen ? t('scheduling.title', { node: detail.chosen }) : t('scheduling.none')}{' '}
        <button type="button" className="link-button" onClick={() => visit(step)}>
          {t('timeline.step', { step })}
        </button>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="scheduling-scroll" tabIndex={0} aria-label={t('scheduling.table')}>
        <table className="scheduling">
          <thead>
            <tr>
              <th scope="col">{t('scheduling.node')}</th>
              <th scope="col">{t('scheduling.verdict')}</th>
              {plugins.length > 0 && (
                <th scope="col" className="number">
                  {t('scheduling.total')}
                </th>
              )}
              {plugins.map((plugin) => (
                <th key={plugin} scope="col" className="number" title={plugin}>
                  {spaced(plugin)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {nodes.map((node) => (
              <tr key={node.node} data-chosen={node.node === detail.chosen || undefined}>
                <td>
                  <button type="button" onClick={() => select(rowId('Node', undefined, node.node))}>
                    {node.node}
                  </button>
                </td>
                <td className={node.verdict === FEASIBLE ? undefined : 'rejected'}>{verdictText(node)}</td>
                {plugins.length > 0 && <td className="number">{node.verdict === FEASIBLE ? node.total : ''}</td>}
                {plugins.map((plugin) => (
                  <td key={plugin} className="number">
                    {node.scores[plugin] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {detail.omittedNodes > 0 && <p className="quiet">{t('scheduling.omitted', { count: detail.omittedNodes })}</p>}
      {detail.notLookedAt > 0 && <p className="quiet">{t('scheduling.notLookedAt', { count: detail.notLookedAt })}</p>}
    </section>
  );
}

/** The chosen node first, then by score, then those that did not pass. */
function rank(evidence: Evidence, node: Evidence['nodes'][number]): number {
  if (node.node === evidence.chosen) return Number.MAX_SAFE_INTEGER;
  return node.verdict === FEASIBLE ? node.total : -1;
}

function verdictText({ verdict, reasons }: Evidence['nodes'][number]): string {
  if (verdict === FEASIBLE) return t('scheduling.fits');
  return reasons.length > 0 ? `${reasons.join(', ')} (${verdict})` : verdict;
}
