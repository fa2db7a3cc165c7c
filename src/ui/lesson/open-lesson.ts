/** Opens a lesson that comes with Kubestep. Small: the page's head needs it. */
import type { LessonEntry } from '../../lessons';
import { typing } from '../state/page';
import { useSession } from '../state/session';

/** See the header. Time stands still until the lesson says where to look. */
export async function openLesson(lesson: Pick<LessonEntry, 'load'>): Promise<void> {
  const text = await lesson.load();
  useSession.setState({ phoneTab: 'lesson' });
  await typing.choose(text, { timeMs: 0 });
}
