export function editorSchema() {
  return {};
}
