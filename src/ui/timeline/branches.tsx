/** The branches of time: one until somebody acts in the past, then a lane each, which leaves its parent's where it forked. */
import { useEffect, useRef } from 'react';
import { t } from '../../i18n/translate';
import type { BranchChip } from '../../worker/protocol';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { useWindow } from './sight';
import { momentText } from './time-text';
import { percentOf, type Span, shareOf } from './window-math';

/** The height of a lane, as the style sheet has it. */
const LANE_PX = 24;

/** Flags say little in a label; the tooltip has them. */
function shortLabel(label: string): string {
  return label.replace(/ --[^\s,]+/g, '');
}

interface LineProps {
  readonly chip: BranchChip;
  readonly window: Span;
  /** How many lanes further up the parent's is; 0 for the first branch. */
  readonly up: number;
}

/** The line of a branch, from where it left its parent's on. */
function Line({ chip: { parent, fromMs, label }, window, up }: LineProps) {
  const from = percentOf(window, fromMs);
  const isLate = shareOf(window, fromMs) > 0.6;
  const forksHere = parent !== null && shareOf(window, fromMs) >= 0 && shareOf(window, fromMs) <= 1;
  return (
    <span className="branch-body" aria-hidden="true">
      {forksHere && <i className="branch-fork" style={{ left: from, height: up * LANE_PX, bottom: LANE_PX / 2 - 1 }} />}
      <i className="branch-line" style={{ left: from }} />
      {parent !== null && (
        <span className="branch-said" style={isLate ? { right: `calc(100% - ${from})` } : { left: from }}>
          {shortLabel(label)}
        </span>
      )}
    </span>
  );
}

/** The same in one line, for windows with little height. */
export function BranchChoice() {
  const branches = useSession((session) => session.branches);
  const present = useSession((session) => session.branch);
  if (branches.length < 2) return null;
  return (
    <select
      className="speed branch-choice"
      aria-label={t('timeline.branches')}
      value={present}
      onChange={(event) => void conductor.selectBranch(Number(event.target.value))}
    >
      {branches.map(({ id, parent, label }, index) => (
        <option key={id} value={id}>
          {index + 1} · {parent === null ? t('branch.main') : shortLabel(label)}
        </option>
      ))}
    </select>
  );
}

/** See the header. */
export function Branches() {
  const branches = useSession((session) => session.branches);
  const present = useSession((session) => session.branch);
  const window = useWindow();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the present branch is kept in sight
  useEffect(() => {
    list.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [present, branches.length]);
  if (branches.length < 2) return null;
  const placeOf = (id: number | null) => branches.findIndex((branch) => branch.id === id);
  return (
    <ul ref={list} className="branches" aria-label={t('timeline.branches')}>
      {branches.map((chip, index) => {
        const { id, parent, label, fromStep, fromMs } = chip;
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
              <span className="branch-label">
                <span className="branch-mark" aria-hidden="true">
                  {index + 1}
                </span>
                {parent === null ? t('branch.main') : momentText(fromMs)}
              </span>
              <Line chip={chip} window={window} up={Math.max(0, index - Math.max(0, placeOf(parent)))} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
