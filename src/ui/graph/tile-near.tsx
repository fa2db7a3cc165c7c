/** A tile looked at closely: the images and, as far as there is room, its Pods with their containers; more of them as signs. */
import { t } from '../../i18n/translate';
import { PodField } from './pod-field';

/** So many Pods have room as lines, beside each other and below, and as signs; of more, two rows of signs above a number. */
const LINES = { columns: 2, count: 6 } as const;
const SIGNS = { columns: 14, count: 42, below: 2 } as const;

/** See the header. */
export default function TileNear({ pods, images }: { pods: readonly string[]; images: string | undefined }) {
  const areLines = pods.length <= LINES.count;
  const shown = areLines || pods.length <= SIGNS.count ? pods : pods.slice(0, SIGNS.columns * SIGNS.below);
  return (
    <>
      {images && <p className="tile-images mono">{images}</p>}
      {areLines ? (
        <div className="tile-lines" data-columns={pods.length > LINES.count / LINES.columns ? LINES.columns : 1}>
          <PodField pods={shown} within="workload" />
        </div>
      ) : (
        <div className="tile-signs">
          <PodField pods={shown} within="workload" cells={SIGNS.columns} />
        </div>
      )}
      {shown.length < pods.length && (
        <p className="health-words">{t('plane.more', { count: pods.length - shown.length })}</p>
      )}
    </>
  );
}
