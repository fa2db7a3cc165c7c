/** A workload in few words, where there are many: its claims as signs or, when they are many, counted. */
import { useContext } from 'react';
import { t } from '../../i18n/translate';
import type { Card } from '../../view/cards';
import { type ClaimRow, isClaim, type WorkloadRow } from '../../view/rows';
import { useRovingFocus } from '../shell/roving-focus';
import { useSession } from '../state/session';
import { useRow } from '../state/world';
import { Near } from './closeness';
import { ObjectButton } from './object-button';
import { StorageMember } from './storage-cards';
import { StorageLooks } from './storage-looks';
import { describeWorkload } from './workload-words';

/** More claims are counted. */
const FEW_CLAIMS = 6;

/** See the header. */
export default function StorageTile({ card: { id, members } }: { card: Extract<Card, { type: 'storage-tile' }> }) {
  const row = useRow<WorkloadRow>(id);
  const only = useRow<ClaimRow>(members.length === 1 ? members[0] : undefined);
  const selected = useSession((session) => session.selected === id);
  const list = useRovingFocus<HTMLDivElement>(useContext(Near));
  if (!row) return null;
  return (
    <article className="card tile-card storage-tile" data-selected={selected || undefined}>
      <p className="card-kind">
        {row.kind}
        <span className="owner-word">
          {only && isClaim(only) ? only.size : t('storage.count', { count: members.length })}
        </span>
      </p>
      <ObjectButton id={row.id} kind={row.kind} name={row.name} description={describeWorkload(row)} />
      {members.length <= FEW_CLAIMS ? (
        <div ref={list} className={members.length === 1 ? 'storage-field lines' : 'storage-field row'}>
          {members.map((each) => (
            <StorageMember key={each} id={each} isLine={false} isNamed={members.length === 1} />
          ))}
        </div>
      ) : (
        <StorageLooks members={members} />
      )}
    </article>
  );
}
