/** Monaco's parts that are imported for their effect come without types. */
declare module 'monaco-editor/features/*';
declare module 'monaco-editor/languages/definitions/*';
declare module 'monaco-editor/editor/contrib/*';
