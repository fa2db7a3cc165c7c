/** Turns the pages of a lesson: an open question is answered or skipped before its reader goes on. */
import { usePanels } from '../panels/panels';
import { useSession } from '../state/session';
import { goToChapter, skipQuestion } from './guide';
import { isDone, useLesson } from './lesson-state';

/** Brings the question of the present chapter in front, with the keys at its first answer. */
export function toQuestion(): void {
  useSession.setState({ phoneTab: 'lesson' });
  // Once it is in front.
  requestAnimationFrame(() => {
    document.querySelector('.lesson-question')?.scrollIntoView({ block: 'nearest' });
    document.querySelector<HTMLElement>('.lesson-question input')?.focus();
  });
}

/** On to the next chapter, or to what is asked before. Whoever presents has nothing but a pointer: a second press skips the question. */
export function turnOn(): void {
  const state = useLesson.getState();
  const { sheet, chapter, isLed, handIn } = state;
  if (!sheet?.chapters[chapter + 1]) return;
  if (handIn || !sheet.chapters[chapter]?.predict || isDone(state, chapter)) void goToChapter(chapter + 1);
  else if (isLed && usePanels.getState().presenting) void skipQuestion();
  else {
    useLesson.setState({ isLed: true });
    toQuestion();
  }
}
