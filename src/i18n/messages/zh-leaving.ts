/** Simplified Chinese: how the keyboard gets out of the editor. */
import type { Translated } from '../language';
import type { enLeaving } from './en-leaving';

export const zhLeaving: Translated<typeof enLeaving> = {
  'leaving.hint': '按 Esc 再按 Tab 离开编辑器',
  'leaving.now': '现在按 Tab 离开编辑器',
};
