/** What the terminal tells of a line before it runs. */

/** True for a command that handles files, beside kubectl. */
export function isShellLine(line: string): boolean {
  return /^(?:cat|echo|ls|rm|mkdir|touch|timeout)(?:\s|$)/.test(line.trimStart());
}

/** True while a line wants another one: after a backslash at its end, or before the end of a here-document. */
export function isUnfinished(text: string): boolean {
  if (/\\$/.test(text)) return true;
  const found = /<<-?\s*(['"]?)(\w+)\1[^\n]*/.exec(text);
  if (!found) return false;
  const body = text.slice(found.index + found[0].length).split('\n');
  return !body.some((line) => line.trim() === found[2]);
}
