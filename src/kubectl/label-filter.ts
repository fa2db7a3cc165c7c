/** `-l` on manifests that were read from a file, which no server filters. */
import { matchesText } from '../engine/api/selector';
import type { Info } from './selection';

/** Says of an object whether its labels match the selector text; an empty text matches everything. */
export function matchingSelector(text: string): (info: Info) => boolean {
  if (text === '') return () => true;
  return (info) => matchesText(text, info.object?.metadata.labels ?? {});
}
