/** Where an object belongs: its namespace, what owns it, and what owns that. */
import { t } from '../../i18n/translate';
import { parseRowId } from '../../view/rows';
import { useWorld } from '../state/world';
import { ObjectLink } from './fact';

const MOST = 4;

/** Owners of an object, the outermost first. Joined in a string, so that an unchanged chain wakes nobody. */
function useOwners(id: string): readonly string[] {
  const joined = useWorld(({ rows }) => {
    const owners: string[] = [];
    for (let at = rows.get(id)?.owner; at !== undefined && owners.length < MOST; at = rows.get(at)?.owner)
      owners.push(at);
    return owners.reverse().join(' ');
  });
  return joined === '' ? [] : joined.split(' ');
}

/** See the header. */
export function Crumbs({ id }: { id: string }) {
  const owners = useOwners(id);
  const { kind, namespace } = parseRowId(id);
  return (
    <nav className="crumbs" aria-label={t('inspector.crumbs')}>
      {namespace && <span className="namespace">{namespace}</span>}
      {owners.map((owner) => (
        <span key={owner}>
          <ObjectLink id={owner} /> ›
        </span>
      ))}
      <span className="card-kind">{kind}</span>
    </nav>
  );
}
