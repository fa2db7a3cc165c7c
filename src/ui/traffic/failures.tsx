/** Why requests of the second shown failed: a line for each cause, with how many it took. */
import { sentence, t } from '../../i18n/translate';
import type { RequestsAt } from '../../session/requests-at';
import type { TrafficGraph } from '../../view/traffic-graph';
import { visit } from '../inspector/step-list';

interface Props {
  readonly graph: TrafficGraph;
  readonly requests: RequestsAt;
}

/** See the header. */
export function Failures({ graph: { failures }, requests: { sources } }: Props) {
  if (failures.length === 0) return null;
  const failed = sources.flatMap((source) => Object.values(source.failed)).reduce((sum, count) => sum + count, 0);
  const isSample = failures.reduce((sum, { drawn }) => sum + drawn, 0) < failed;
  return (
    <ul className="traffic-failures" aria-label={t('traffic.whyFailed')}>
      {failures.map(({ source, failure, because, cause, drawn }) => (
        <li key={`${source} ${failure} ${because} ${cause}`}>
          <strong className="traffic-bad">{drawn > 1 ? t('traffic.times', { count: drawn, failure }) : failure}</strong>{' '}
          <span className="quiet">{source}</span> {sentence(because)}
          {drawn > 1 && isSample && <span className="quiet"> {t('traffic.drawn', { count: drawn })}</span>}
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
