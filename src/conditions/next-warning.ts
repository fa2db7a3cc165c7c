/** What is searched for and stopped at by name: no expression tells a step by what else it wrote. */
import type { Moment } from './moment';

/** In place of an expression: every step that writes an Event of type Warning. */
export const NEXT_WARNING = 'next warning';

/** Whether the step of a moment, and not the end of a second after it, wrote one. */
export function writesWarning({ simulation, step, isMidway }: Moment): boolean {
  if (!isMidway) return false;
  const changes = simulation.changes(simulation.revisionAt(step - 1), simulation.revisionAt(step));
  return changes.some(
    ({ kind, value }) => kind === 'Event' && (value as { type?: string } | undefined)?.type === 'Warning',
  );
}
