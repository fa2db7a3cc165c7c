/**
 * A scheduling decision at full width: every node against every plugin, each score as it was given, normalized and weighted; who shared the
 * highest; and what kept the others out, in numbers.
 */
import { t } from '../../i18n/translate';
import { parseRowId, rowId } from '../../view/rows';
import { Sheet } from '../shell/sheet';
import { select } from '../state/session';
import { useAnswer } from '../state/use-answer';
import './scheduling-dialog.css';
import { FEASIBLE, type NodeVerdict, pluginsOf, ranked, type SchedulingEvidence, tied } from './scheduling-evidence';
import { whyNotText } from './why-not-words';

interface Props {
  readonly id: string;
  readonly step: number;
  readonly evidence: SchedulingEvidence;
  readonly onClose: () => void;
}

/** See the header. */
export default function SchedulingDialog({ id, step, evidence, onClose }: Props) {
  const rejections = useAnswer('rejections', { id, step }, { about: [id, step], refreshMs: 0 }) ?? [];
  const plugins = pluginsOf(evidence);
  const highest = tied(evidence);
  const go = (node: string) => {
    onClose();
    select(rowId('Node', undefined, node), { reveal: true });
  };
  const numbersOf = (node: string) =>
    rejections
      .find(({ name }) => name === node)
      ?.reasons.map(({ key, values }) => whyNotText(`whyNot.${key}`, values))
      .join(t('words.semicolon'));
  return (
    <Sheet title={t('scheduling.of', { pod: parseRowId(id).name })} className="scheduling-sheet" onClose={onClose}>
      <div className="scheduling-wide">
        <p>
          {evidence.chosen ? t('scheduling.title', { node: evidence.chosen }) : t('scheduling.none')}
          {highest.length > 1 && ` · ${t('scheduling.tie', { count: highest.length, nodes: highest.join(', ') })}`}
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
        <section className="scheduling-scroll" tabIndex={0} aria-label={t('scheduling.table')}>
          <table className="scheduling wide">
            <thead>
              <tr>
                <th scope="col">{t('scheduling.node')}</th>
                {plugins.map((plugin) => (
                  <th key={plugin} scope="col" className="number">
                    {plugin}
                    <span className="quiet"> × {evidence.weights[plugin] ?? 1}</span>
                  </th>
                ))}
                <th scope="col" className="number">
                  {t('scheduling.total')}
                </th>
              </tr>
            </thead>
            <tbody>
              {ranked(evidence).map((node) => (
                <tr key={node.node} data-chosen={node.node === evidence.chosen || undefined}>
                  <th scope="row">
                    <button type="button" className="link-button" onClick={() => go(node.node)}>
                      {node.node}
                    </button>
                  </th>
                  {node.verdict === FEASIBLE ? (
                    <Scores node={node} plugins={plugins} weights={evidence.weights} />
                  ) : (
                    <td className="rejected" colSpan={plugins.length + 1}>
                      <strong>{node.verdict}</strong> {node.reasons.join(', ')}
                      {numbersOf(node.node) && <span className="quiet"> ({numbersOf(node.node)})</span>}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <p className="quiet">{t('scheduling.legend')}</p>
      </div>
    </Sheet>
  );
}

function Scores({
  node,
  plugins,
  weights,
}: {
  node: NodeVerdict;
  plugins: readonly string[];
  weights: SchedulingEvidence['weights'];
}) {
  return (
    <>
      {plugins.map((plugin) => {
        const weighted = node.scores[plugin];
        if (weighted === undefined) return <td key={plugin} className="number" />;
        const normalized = weighted / (weights[plugin] || 1);
        const raw = node.raw[plugin];
        return (
          <td key={plugin} className="number">
            <span className="quiet">
              {raw !== undefined && `${raw} → `}
              {normalized} →{' '}
            </span>
            <strong>{weighted}</strong>
          </td>
        );
      })}
      <td className="number">
        <strong>{node.total}</strong>
      </td>
    </>
  );
}
