/** How many Pods are in each state now, which at the same time says what the signs mean. */
import { t } from '../../i18n/translate';
import { isPod, type PodLook } from '../../view/rows';
import { useWorld } from '../state/world';
import { PodGlyph } from './pod-glyph';
import { LOOK_ORDER, LOOKS } from './pod-look';

/** Packed in a string, so that unchanged counts wake nobody. */
function useCounts(): Readonly<Record<PodLook, number>> {
  const packed = useWorld((world) => {
    const counts = { pending: 0, creating: 0, notReady: 0, ready: 0, terminating: 0, failed: 0, succeeded: 0 };
    for (const row of world.rows.values()) if (isPod(row)) counts[row.look] += 1;
    return LOOK_ORDER.map((look) => counts[look]).join(' ');
  });
  const numbers = packed.split(' ').map(Number);
  return Object.fromEntries(LOOK_ORDER.map((look, index) => [look, numbers[index] ?? 0])) as Record<PodLook, number>;
}

/** States that no Pod is in are left out. */
export function LookLegend() {
  const counts = useCounts();
  return (
    <ul className="legend" aria-label={t('graph.legend')}>
      {LOOK_ORDER.filter((look) => counts[look] > 0).map((look) => (
        <li key={look} data-look={look}>
          <PodGlyph look={look} size={13} />
          <span>{counts[look]}</span> <span className="legend-name">{t(LOOKS[look].name)}</span>
        </li>
      ))}
    </ul>
  );
}
