/** Monaco's parts that are imported for their effect come without types. */
declare module 'monaco-editor/features/*';
declare module 'monaco-editor/languages/definitions/*';
declare module 'monaco-editor/editor/contrib/*';
declare module 'monaco-editor/base/*';
declare module 'monaco-editor/platform/*';
declare module 'monaco-editor/editor/common/*';
declare module 'monaco-editor/editor/browser/*';
