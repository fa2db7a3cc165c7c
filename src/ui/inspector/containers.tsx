/** A Pod's containers, a line each; of very many the last ones are behind a fold, so that what else is known of the Pod stays in sight. */
import { t } from '../../i18n/translate';
import type { ContainerLine } from '../../view/container-lines';
import { PodGlyph } from '../graph/pod-glyph';

/** More lines than this are folded down to {@link FIRST}. */
const MOST = 6;
const FIRST = 4;

/** See the header. */
export function Containers({ lines }: { lines: readonly ContainerLine[] }) {
  if (lines.length === 0) return null;
  if (lines.length <= MOST) return <List lines={lines} />;
  return (
    <>
      <List lines={lines.slice(0, FIRST)} />
      <details className="more-containers">
        <summary>{t('container.more', { count: lines.length - FIRST })}</summary>
        <List lines={lines.slice(FIRST)} />
      </details>
    </>
  );
}

function List({ lines }: { lines: readonly ContainerLine[] }) {
  return (
    <ul className="containers" aria-label={t('fact.containers')}>
      {lines.map(({ name, role, image, state, look, restarts, last }) => (
        <li key={name}>
          <PodGlyph look={look} size={13} />
          <p>
            <strong>{name}</strong>
            {role !== 'app' && <span className="namespace">{t(`container.${role}`)}</span>} {state}
            {restarts > 0 && <span className="quiet"> ↻{restarts}</span>}
            <span className="quiet mono">{image}</span>
            {last && <span className="quiet">{t('container.last', { state: last })}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}
