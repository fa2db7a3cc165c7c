/** The label selector of a program as text, however the scenario writes it. */
import type { RawProgram } from './scenario-shape';

/** `app=web,tier=front` for a mapping of labels, also under `matchLabels`. */
export function selectorText(selector: RawProgram['selector']): string | undefined {
  if (selector === undefined || typeof selector === 'string') return selector;
  const labels = (selector as { matchLabels?: object }).matchLabels ?? (selector as object);
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
