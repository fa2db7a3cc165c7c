/** What a text is called in a list of texts: by its Scenario's title, else by its first object. */
const MAX_CHARACTERS = 80;
/** Titles stand near the top; a large text is not searched to its end. */
const SEARCHED_CHARACTERS = 20_000;

const unquoted = (value: string): string => value.trim().replace(/^(["'])(.*)\1$/, '$2');

/** See the header; empty for a text that names nothing. */
export function titleOf(text: string): string {
  const head = text.slice(0, SEARCHED_CHARACTERS);
  const title = /^ {2}title: *(\S.*)$/m.exec(head)?.[1];
  if (title && !/^[{|>&*]/.test(title)) return unquoted(title).slice(0, MAX_CHARACTERS);
  const kind = /^kind: *(\S+)/m.exec(head)?.[1] ?? '';
  const name = /^ {2}name: *(\S.*)$/m.exec(head)?.[1] ?? /^metadata: *\{.*?\bname: *([^,}\s]+)/m.exec(head)?.[1] ?? '';
  return `${unquoted(kind)} ${unquoted(name)}`.trim().slice(0, MAX_CHARACTERS);
}
