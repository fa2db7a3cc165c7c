/** Monaco's colours, by day and by night: the page's own (theme/tokens.css), as Monaco takes no CSS variables. */
import { editor } from 'monaco-editor/editor';

/** Makes both themes known. */
export function defineThemes(): void {
  editor.defineTheme('kubestep-light', {
    base: 'vs',
    inherit: true,
    rules: [
      { token: 'type.yaml', foreground: '203c73' },
      { token: 'string.yaml', foreground: '14212a' },
      { token: 'number.yaml', foreground: '8a5f0c' },
      { token: 'keyword.yaml', foreground: '8a5f0c' },
      { token: 'comment.yaml', foreground: '566671', fontStyle: 'italic' },
      { token: 'operators.yaml', foreground: '566671' },
    ],
    colors: {
      'editor.background': '#f7f9fa',
      'editor.foreground': '#14212a',
      'editorLineNumber.foreground': '#63737e',
      'editorLineNumber.activeForeground': '#42535f',
      'editor.lineHighlightBackground': '#eef2f4',
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': '#cfdcf2',
      'editorCursor.foreground': '#203c73',
      'editorIndentGuide.background1': '#e1e7ea',
      'editorOverviewRuler.border': '#00000000',
      'scrollbarSlider.background': '#14212a1f',
      'scrollbarSlider.hoverBackground': '#14212a33',
      'scrollbarSlider.activeBackground': '#14212a47',
    },
  });
  editor.defineTheme('kubestep-dark', {
    base: 'vs-dark',
    inherit: true,
    rules: [
      { token: 'type.yaml', foreground: '93b4f4' },
      { token: 'string.yaml', foreground: 'e6edf0' },
      { token: 'number.yaml', foreground: 'e3b458' },
      { token: 'keyword.yaml', foreground: 'e3b458' },
      { token: 'comment.yaml', foreground: '8b9ba6', fontStyle: 'italic' },
      { token: 'operators.yaml', foreground: '8b9ba6' },
    ],
    colors: {
      'editor.background': '#121b21',
      'editor.foreground': '#e6edf0',
      'editorLineNumber.foreground': '#82929d',
      'editorLineNumber.activeForeground': '#afbdc6',
      'editor.lineHighlightBackground': '#18232a',
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': '#2a4272',
      'editorCursor.foreground': '#e3b458',
      'editorIndentGuide.background1': '#24323a',
      'editorOverviewRuler.border': '#00000000',
      'scrollbarSlider.background': '#e6edf01f',
      'scrollbarSlider.hoverBackground': '#e6edf033',
      'scrollbarSlider.activeBackground': '#e6edf047',
    },
  });
}
