/** Why requests of the second shown failed: a line for each cause, with how many it took. */
import { sentence, t } from '../../i18n/translate';
import type { RequestsAt } from '../../session/requests-at';
import type { FailureLine, TrafficGraph } from '../../view/traffic-graph';
import { visit } from '../inspector/step-list';

interface Props {
  readonly graph: TrafficGraph;
  readonly requests: RequestsAt;
}

/** See the header. */
export function Failures({ graph: { failures }, requests: { sources } }: Props) {
  if (failures.length === 0) return null;
  // A line that stands for all that failed so says how many did, and how many of them were looked into.
  const totalOf = ({ source, failure, drawn }: FailureLine): number => {
    const isAlone = failures.filter((one) => one.source === source && one.failure === failure).length === 1;
    const failed = sources.find((one) => one.source === source)?.failed[failure];
    return Math.max(drawn, (isAlone && failed) || 0);
  };
  return (
    <ul className="traffic-failures" aria-label={t('traffic.whyFailed')}>
      {failures
        .map((line) => ({ ...line, total: totalOf(line) }))
        .map(({ source, failure, because, cause, drawn, total }) => (
          <li key={`${source} ${failure} ${because} ${cause}`}>
            <strong className="traffic-bad">
              {total > 1 ? t('traffic.times', { count: total, failure }) : failure}
            </strong>{' '}
            <span className="quiet">{source}</span> {sentence(because)}
            {drawn < total && <span className="quiet"> {t('traffic.drawn', { count: drawn })}</span>}
            {cause !== null && (
              <button type="button" className="link-button" onClick={() => visit(cause)}>
                {t('timeline.step', { step: cause })}
              </button>
            )}
          </li>
        ))}
    </ul>
  );
}
