/** How much of what is wanted is ready, as a bar. */

/** Decoration: the numbers beside it say the same. */
export function Gauge({ ready, desired, current }: { ready: number; desired: number; current: number }) {
  const full = Math.max(1, desired, current);
  return (
    <div className="gauge" aria-hidden="true">
      <div className="gauge-current" style={{ width: `${(100 * current) / full}%` }} />
      <div className="gauge-ready" style={{ width: `${(100 * ready) / full}%` }} />
      <div className="gauge-desired" style={{ left: `${(100 * desired) / full}%` }} />
    </div>
  );
}
