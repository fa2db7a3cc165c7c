/** Says, before anything is done, that doing it here begins a branch: the moment shown is past. */
import { type MessageKey, t } from '../../i18n/translate';
import { useSession } from '../state/session';
import './branch-note.css';

interface Props {
  /** What of: it is told of what is done beside it. */
  readonly says: Extract<MessageKey, `branchNote.${string}`>;
  readonly id: string;
}

/** See the header. Its place stays when there is nothing to say. */
export function BranchNote({ says, id }: Props) {
  const isPast = useSession(({ cursor, head }) => cursor.step < head.step);
  return (
    <p className="branch-note" id={id} title={isPast ? t(says) : undefined}>
      {isPast && t(says)}
    </p>
  );
}
