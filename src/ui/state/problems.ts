/** What is wrong with the text, where it is shown: in the editor, in the list below it, and above the work. */
import type { Opened } from '../../worker/protocol';
import * as after from './conductor-transitions';
import { useDocument } from './document';
import { setBanner } from './session';

/**
 * Shows it; what a link or a crash brought back may be older than what stands in the editor, and is then passed over. `isAll`: nothing of the
 * text runs.
 */
export function takeProblems(
  text: string,
  said: Pick<Opened, 'problems' | 'findings' | 'notices'>,
  isAll = false,
): void {
  const problems = [...said.problems, ...said.findings];
  const { notices } = said;
  if (useDocument.getState().text !== text && problems.length + notices.length > 0) return;
  useDocument.setState({ problems, notices });
  setBanner('text', after.problemBanner(problems, isAll));
  setBanner('notice', after.noticeBanner(notices));
}

/** Whether a text is too large to be run; then that is said. */
export function isTooLarge(text: string): boolean {
  const banner = after.sizeBanner(text.length);
  if (banner) setBanner('text', banner);
  return banner !== undefined;
}
