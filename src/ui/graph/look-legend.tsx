/** How many Pods are in each state now, which at the same time says what the signs mean; choosing one looks at such Pods alone. */
import { t } from '../../i18n/translate';
import { useRovingFocus } from '../shell/roving-focus';
import { useWorld } from '../state/world';
import { toggleLook, useLooksFilter } from './looks-filter';
import { PodGlyph } from './pod-glyph';
import { LOOK_ORDER, LOOKS } from './pod-look';

/** States that no Pod is in are left out. */
export function LookLegend() {
  const only = useLooksFilter((state) => state.only);
  const counts = useWorld((world) => world.looks);
  const list = useRovingFocus<HTMLUListElement>();
  return (
    <ul ref={list} className="legend" aria-label={t('graph.legend')}>
      {LOOK_ORDER.filter((look) => counts[look] > 0).map((look) => (
        <li key={look} data-look={look}>
          <button
            type="button"
            aria-pressed={only.includes(look)}
            title={t('graph.only', { look: t(LOOKS[look].name) })}
            onClick={() => toggleLook(look)}
          >
            <PodGlyph look={look} size={13} />
            <span>{counts[look]}</span> <span className="legend-name">{t(LOOKS[look].name)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
