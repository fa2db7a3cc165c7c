/** What a step wrote, as the store has it. */
import type { Written } from '../../view/followed';
import { planeText } from './plane-words';

/** See the header. */
export function Wrote({ wrote }: { wrote: readonly Written[] }) {
  if (wrote.length === 0) return null;
  return (
    <ul className="plane-wrote mono" aria-label={planeText('plane.wrote')}>
      {wrote.map(({ revision, type, kind, key }) => (
        <li key={revision}>
          {revision} {type} {kind} {key}
        </li>
      ))}
    </ul>
  );
}
