/** Opens a scenario of the gallery where it makes its point: at its moment, in its view. */
import type { GalleryEntry } from '../../scenario/gallery';
import { typing } from '../state/page';
import { useSession } from '../state/session';

/** See the header. */
export async function openAtMoment({ load, momentMs, view }: GalleryEntry): Promise<void> {
  const text = await load();
  useSession.setState({ view: view ?? 'workloads' });
  await typing.choose(text, { timeMs: momentMs });
}
