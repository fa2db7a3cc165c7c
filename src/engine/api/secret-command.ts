/** Command lines with values of Secrets in them, as people are shown them: without the values. */

/** A word of a shell: quoted parts and others, up to the next space. */
const WORD = String.raw`(?:"[^"]*"|'[^']*'|[^\s"'])+`;
const KEY = String.raw`[\w.-]+`;
const HIDDEN = '***';

/** `--from-literal=k=v`, with quotes around all of it, around what follows the flag, or within. */
const LITERAL = new RegExp(
  String.raw`((["'])--from-literal=${KEY}=).*?\2|(--from-literal[=\s]\s*(["'])${KEY}=).*?\4|(--from-literal[=\s]\s*${KEY}=)${WORD}`,
  'gs',
);
const PASSWORD = new RegExp(String.raw`(--docker-password[=\s]\s*)${WORD}`, 'g');
const PATCH = new RegExp(String.raw`(\s(?:-p|--patch)[=\s]?\s*)${WORD}`, 'g');
const HERE_DOCUMENT = /<<-?\s*(["']?)(\w+)\1/;
const KIND = /\bkind["']?:\s*["']?Secret\b/;

/** A command without the Secrets that are written into it as input. Line by line: a pattern over all of it would look at each place again and again. */
function withoutInput(command: string): string {
  const lines = command.split('\n');
  const shown: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    shown.push(line);
    const last = HERE_DOCUMENT.exec(line)?.[2];
    if (last === undefined) continue;
    let next = at + 1;
    while (next < lines.length && lines[next]?.trim() !== last) next++;
    const input = lines.slice(at + 1, next).join('\n');
    if (next > at + 1) shown.push(KIND.test(input) ? HIDDEN : input);
    at = next - 1;
  }
  return shown.join('\n');
}

/** See the header. What is typed still acts, and a link still carries it. */
export function withoutSecretValues(command: string): string {
  const plain = withoutInput(command.replace(PASSWORD, `$1${HIDDEN}`));
  if (!/\bsecrets?\b/.test(plain)) return plain;
  const hidden = plain.replace(
    LITERAL,
    (_all, a, quote = '', b, inner = '', c) => `${a ?? b ?? c}${HIDDEN}${quote || inner}`,
  );
  return /\bpatch\b/.test(hidden) ? hidden.replace(PATCH, `$1${HIDDEN}`) : hidden;
}
