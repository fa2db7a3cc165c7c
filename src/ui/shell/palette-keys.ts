/** The keys that choose in the palette's list, those too that were pressed before its line had the focus. */
import { type KeyboardEvent, useEffect } from 'react';
import { useSession } from '../state/session';

/** Where a key leads among so many choices; Enter stays. */
function placeAfter(place: number, key: string, count: number): number {
  const by = { ArrowDown: 1, ArrowUp: -1 }[key] ?? 0;
  return (place + by + count) % Math.max(1, count);
}

/** See the header; `go`: to a place in the list, or what is there is taken. */
export function useChoosing(
  count: number,
  present: number,
  go: (place: number, isTaken: boolean) => void,
): (event: KeyboardEvent) => void {
  const press = (keys: readonly string[]) =>
    go(
      keys.reduce((place, key) => placeAfter(place, key, count), present),
      keys.includes('Enter'),
    );
  const early = useSession((session) => session.paletteKeys);
  useEffect(() => {
    if (early.length === 0) return;
    useSession.setState({ paletteKeys: [] });
    press(early);
  });
  return (event) => {
    if (!/^(Enter|ArrowDown|ArrowUp)$/.test(event.key)) return;
    press([event.key]);
    event.preventDefault();
  };
}
