/** How many claims and volumes are in each state: as signs with numbers, where one by one they would be too many to read. */

import { type MessageKey, t } from '../../i18n/translate';
import { isClaim, isVolume, type StorageLook } from '../../view/rows';
import { useWorld } from '../state/world';
import { StorageGlyph } from './storage-glyph';

const NAMES: Readonly<Record<StorageLook, MessageKey>> = {
  bound: 'storage.bound',
  pending: 'storage.pending',
  available: 'storage.available',
  released: 'storage.released',
  failed: 'storage.failed',
  terminating: 'storage.terminating',
};

const ORDER = Object.keys(NAMES) as readonly StorageLook[];

/** The states that there are, with their counts. Packed in a string, so that an unchanged sum wakes nobody. */
export function useStorageLooks(members: readonly string[]): readonly (readonly [StorageLook, number])[] {
  const packed = useWorld(({ rows }) => {
    const counts = new Map<StorageLook, number>();
    for (const id of members) {
      const row = rows.get(id);
      // A claim that is mounted and not there fails its Pods.
      const look = row && (isClaim(row) || isVolume(row)) ? row.look : 'failed';
      counts.set(look, (counts.get(look) ?? 0) + 1);
    }
    return ORDER.map((look) => counts.get(look) ?? 0).join('/');
  });
  const counts = packed.split('/').map(Number);
  return ORDER.map((look, place) => [look, counts[place] ?? 0] as const).filter(([, count]) => count > 0);
}

/** See the header. */
export function StorageLooks({ members }: { members: readonly string[] }) {
  return (
    <ul className="storage-looks">
      {useStorageLooks(members).map(([look, count]) => (
        <li key={look} title={t(NAMES[look])}>
          <StorageGlyph look={look} isVolume={false} /> {count}
          <span className="visually-hidden"> {t(NAMES[look])}</span>
        </li>
      ))}
    </ul>
  );
}
