/** A Pod's containers, a line each. */
import { t } from '../../i18n/translate';
import type { ContainerLine } from '../../view/container-lines';
import { PodGlyph } from '../graph/pod-glyph';

/** See the header. */
export function Containers({ lines }: { lines: readonly ContainerLine[] }) {
  if (lines.length === 0) return null;
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
