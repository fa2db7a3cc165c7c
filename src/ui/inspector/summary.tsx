/** The few facts that say how an object is. */
import type { Row } from '../../view/rows';
import { factsOf } from './facts';

/** See the header. */
export function Summary({ row }: { row: Row }) {
  const facts = factsOf(row).filter(({ value }) => value !== undefined && value !== '');
  if (facts.length === 0) return null;
  return (
    <dl className="facts">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
