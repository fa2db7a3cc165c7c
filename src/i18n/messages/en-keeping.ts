/** English: undo, what is kept, what is shared. */
export const enKeeping = {
  'undo.undo': 'Undo',
  'undo.redo': 'Redo',
  'undo.undoWhat': 'Undo: {what} (Ctrl+Z)',
  'undo.redoWhat': 'Redo: {what} (Shift+Ctrl+Z)',
  'undo.edit': 'edit of the text',
  'undo.shown': 'what was shown',
  'keys.undo': 'Undo what was done last, an edit or an act; and do it again',
  'banner.anew': 'The Scenario document is another: the run began anew. Undo brings back the one before.',
  'banner.unkept':
    'The storage of this browser is full or forbidden. Everything works, but it will be gone after a reload.',
} as const;
