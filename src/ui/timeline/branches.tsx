/** The branches of time: one until somebody acts in the past, then one chip each. */
import { useEffect, useRef } from 'react';
import { t } from '../../i18n/translate';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { momentText } from './time-text';

/** Flags say little in a chip; the tooltip has them. */
function shortLabel(label: string): string {
  return label.replace(/ --[^\s,]+/g, '');
}

/** See the header. */
export function Branches() {
  const branches = useSession((session) => session.branches);
  const present = useSession((session) => session.branch);
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the present branch is kept in sight
  useEffect(() => {
    list.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [present, branches.length]);
  if (branches.length < 2) return null;
  return (
    <ul ref={list} className="branches" aria-label={t('timeline.branches')}>
      {branches.map(({ id, parent, label, fromStep, fromMs }, index) => {
        const from =
          parent === null ? t('branch.first') : t('branch.from', { step: fromStep, time: momentText(fromMs) });
        return (
          <li key={id}>
            <button
              type="button"
              className="branch"
              aria-pressed={id === present}
              aria-label={t('branch.name', { number: index + 1 })}
              aria-description={`${label}. ${from}`}
              title={`${label}\n${from}`}
              onClick={() => void conductor.selectBranch(id)}
            >
              <span className="branch-mark" aria-hidden="true">
                {index + 1}
              </span>
              <span className="branch-label">{parent === null ? t('branch.main') : shortLabel(label)}</span>
              {parent !== null && <span className="branch-from">{momentText(fromMs)}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
