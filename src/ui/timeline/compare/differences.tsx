/** Objects that two branches hold differently at the moment shown, field by field. */
import { t } from '../../../i18n/translate';
import type { Comparison } from '../../../worker/timeline-shapes';
import { select } from '../../state/session';
import { momentText } from '../time-text';

type Difference = Comparison['objects'][number];

interface Numbers {
  readonly a: number;
  readonly b: number;
}

function Rows({ of: { id, kind, name, only, fields }, numbers }: { of: Difference; numbers: Numbers }) {
  const heading = (
    <th scope="rowgroup" colSpan={only ? 1 : 3}>
      <button type="button" className="link-button" onClick={() => select(id, { reveal: true })}>
        <span className="quiet">{kind}</span> {name}
      </button>
    </th>
  );
  return (
    <tbody>
      <tr className="compare-object">
        {heading}
        {only && (
          <td colSpan={2} className="quiet">
            {t('compare.only', { number: only === 'a' ? numbers.a : numbers.b })}
          </td>
        )}
      </tr>
      {fields.map(({ path, a, b }) => (
        <tr key={path}>
          <th scope="row" className="mono">
            {path}
          </th>
          <td className="mono">{a || '–'}</td>
          <td className="mono">{b || '–'}</td>
        </tr>
      ))}
    </tbody>
  );
}

/** See the header. */
export function Differences({ found, numbers, timeMs }: { found: Comparison; numbers: Numbers; timeMs: number }) {
  const { objects, differingObjects } = found;
  const more = differingObjects - objects.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <div className="compare-right" tabIndex={0}>
      <table className="compare-table">
        <caption>{t('compare.at', { count: differingObjects, time: momentText(timeMs) })}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('branch.name', { number: numbers.a })}</th>
            <th scope="col">{t('branch.name', { number: numbers.b })}</th>
          </tr>
        </thead>
        {objects.map((each) => (
          <Rows key={each.id} of={each} numbers={numbers} />
        ))}
      </table>
      {more > 0 && <p className="quiet">{t('compare.more', { count: more })}</p>}
    </div>
  );
}
