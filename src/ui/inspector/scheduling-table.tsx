/** What the scheduler weighed: every node's verdict, and the score each plugin gave to those that passed. */
import { Suspense, useState } from 'react';
import { t } from '../../i18n/translate';
import { rowId } from '../../view/rows';
import { late } from '../shell/late';
import { select } from '../state/session';
import { FEASIBLE, isSchedulingEvidence, type NodeVerdict, pluginsOf, ranked, spaced } from './scheduling-evidence';
import { visit } from './step-list';

const SchedulingDialog = late(() => import('./scheduling-dialog'));

/** See the header. */
export function SchedulingTable({ id, step, detail }: { id: string; step: number; detail: unknown }) {
  const [isWide, setWide] = useState(false);
  if (!isSchedulingEvidence(detail)) return null;
  const plugins = pluginsOf(detail);
  const nodes = ranked(detail);
  return (
    <section>
      <h3>
        {detail.chosen ? t('scheduling.title', { node: detail.chosen }) : t('scheduling.none')}{' '}
        <button type="button" className="link-button" onClick={() => visit(step)}>
          {t('timeline.step', { step })}
        </button>
      </h3>
      <button type="button" className="button small" onClick={() => setWide(true)}>
        {t('scheduling.wide')}
      </button>
      {isWide && (
        <Suspense fallback={null}>
          <SchedulingDialog id={id} step={step} evidence={detail} onClose={() => setWide(false)} />
        </Suspense>
      )}
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

function verdictText({ verdict, reasons }: NodeVerdict): string {
  if (verdict === FEASIBLE) return t('scheduling.fits');
  return reasons.length > 0 ? `${reasons.join(', ')} (${verdict})` : verdict;
}
