/** Objects without a drawing of their own, as a list of chips. */
import { Fragment } from 'react';
import { t } from '../../i18n/translate';
import type { Card } from '../../view/cards';
import { openedKind, othersParts } from '../../view/others';
import { isDisruptionBudget, isOther, type Row } from '../../view/rows';
import { Icon } from '../shell/icons';
import { useRovingFocus } from '../shell/roving-focus';
import { useRow } from '../state/world';
import { togglePart } from './frames';
import { ObjectButton } from './object-button';

/** See the header. */
export function OthersCard({ card }: { card: Extract<Card, { type: 'others' }> }) {
  const { single, rolled } = othersParts(card);
  const list = useRovingFocus<HTMLDivElement>();
  return (
    <article className="card others-card">
      <p className="card-kind">{t('graph.others')}</p>
      <div ref={list} className="others-list nowheel">
        {single.map((id) => (
          <OtherChip key={id} id={id} />
        ))}
        {rolled.map(({ kind, members, isOpen }) => (
          <Fragment key={kind}>
            <button
              type="button"
              className="others-kind"
              aria-expanded={isOpen}
              onClick={() => togglePart(openedKind(card.id, kind))}
            >
              <Icon name="chevron" size={14} />
              <span className="quiet">{kind}</span> {members.length}
            </button>
            {isOpen && members.map((id) => <OtherChip key={id} id={id} />)}
          </Fragment>
        ))}
      </div>
    </article>
  );
}

function OtherChip({ id }: { id: string }) {
  const row = useRow<Row>(id);
  if (!row) return null;
  const { state, description } = stateOf(row);
  return (
    <ObjectButton id={id} kind={row.kind} name={row.name} description={description} className="other-chip">
      <span className="quiet">{row.kind}</span> {row.name}
      {state && <span className="other-state">{state}</span>}
    </ObjectButton>
  );
}

function stateOf(row: Row): { state: string | undefined; description: string } {
  if (isDisruptionBudget(row)) {
    return {
      state: t('budget.short', { count: row.allowed }),
      description: t('budget.allowed', { count: row.allowed }),
    };
  }
  const state = isOther(row) ? row.note : undefined;
  return { state, description: state ?? t('object.exists') };
}
