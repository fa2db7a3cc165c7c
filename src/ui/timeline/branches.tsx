/** The branches of time: one until somebody acts in the past, then one chip each. */
import { t } from '../../i18n/translate';
import { selectBranch } from '../state/conductor';
import { useSession } from '../state/session';
import { momentText } from './time-text';

/** See the header. */
export function Branches() {
  const branches = useSession((session) => session.branches);
  const present = useSession((session) => session.branch);
  if (branches.length < 2) return null;
  return (
    <ul className="branches" aria-label={t('timeline.branches')}>
      {branches.map(({ id, parent, label, fromStep, fromMs }) => {
        const from =
          parent === null ? t('branch.first') : t('branch.from', { step: fromStep, time: momentText(fromMs) });
        return (
          <li key={id}>
            <button
              type="button"
              className="branch"
              aria-pressed={id === present}
              aria-label={t('branch.name', { number: id + 1 })}
              aria-description={`${label}. ${from}`}
              title={`${label}\n${from}`}
              onClick={() => void selectBranch(id)}
            >
              <span className="branch-mark" aria-hidden="true">
                {id + 1}
              </span>
              <span className="branch-label">{parent === null ? t('branch.main') : label}</span>
              {parent !== null && <span className="branch-from">{momentText(fromMs)}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
