/** English: how the keyboard gets out of the editor. Comes with the editor. */
export const enLeaving = {
  'leaving.hint': 'Esc, then Tab, leaves the editor',
  'leaving.now': 'Tab now leaves the editor',
};
