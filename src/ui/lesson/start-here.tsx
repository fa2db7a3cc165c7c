/** The way to the first lesson, for whoever has begun none yet. */
import { t } from '../../i18n/translate';
import { useSession } from '../state/session';
import { loadSetting } from '../state/settings';
import { openLesson } from './open-lesson';
import { PROGRESS } from './progress-name';

async function start(): Promise<void> {
  const { SHORT_WAY } = await import('../../lessons');
  const [first] = SHORT_WAY.lessons;
  if (first) await openLesson(first);
}

/** See the header; `name`: what it is called where others stand beside it. */
export function StartHere({ name = t('lesson.start') }: { name?: string }) {
  const lesson = useSession((session) => session.lesson);
  if (lesson || loadSetting(PROGRESS) !== undefined) return null;
  return (
    <button type="button" className="button small start-here" onClick={() => void start()}>
      {name}
    </button>
  );
}
