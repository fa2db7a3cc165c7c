/** English: undo, what is kept, what is shared, what comes from elsewhere. */
export const enKeeping = {
  'undo.undo': 'Undo',
  'undo.redo': 'Redo',
  'undo.undoWhat': 'Undo: {what} (Ctrl+Z)',
  'undo.redoWhat': 'Redo: {what} (Shift+Ctrl+Z)',
  'undo.edit': 'edit of the text',
  'undo.shown': 'what was shown',
  'keys.undo': 'Undo what was done last, an edit or an act; and do it again',
  'banner.anew': 'The Scenario document is another: the run began anew. Undo brings back the one before.',
  'banner.addressTooLong': 'This is too long for the address. To pass it on, use Share.',
  'banner.unkept':
    'The storage of this browser is full or forbidden. Everything works, but it will be gone after a reload.',
  'compose.made': 'Made from a Compose file. What could not be translated, by its line there:',
  'compose.madeWhole': 'Made from a Compose file.',
  'compose.note': 'line {line}, {where}: {said}',
  'compose.done': 'The Compose file became {count} objects.',
  'compose.done_one': 'The Compose file became one object.',
  'compose.notes':
    '{count} things could not be translated as they were: they stand above the manifests, with their lines.',
  'compose.notes_one': 'One thing could not be translated as it was: it stands above the manifests, with its line.',
} as const;
