/** Command lines with values of Secrets in them, as people are shown them: without the values. */

/** A word of a shell: quoted parts and others, up to the next space. */
const WORD = String.raw`(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+`;
const KEY = String.raw`[\w.-]+`;
const HIDDEN = '***';

/** `--from-literal=k=v`, with quotes around all of it, around what follows the flag, or within. */
const LITERAL = new RegExp(
  String.raw`((["'])--from-literal=${KEY}=).*?\2|(--from-literal[=\s]\s*(["'])${KEY}=).*?\4|(--from-literal[=\s]\s*${KEY}=)${WORD}`,
  'gs',
);
const PASSWORD = new RegExp(String.raw`(--(?:docker-password|password|token)[=\s]\s*)${WORD}`, 'g');
const PATCH = new RegExp(String.raw`(\s(?:-p|--patch)[=\s]?\s*)${WORD}`, 'g');
/** What is written into a command itself. */
const INPUT = /<<-?\s*(["']?)(\w+)\1[^\n]*\n.*?(?=\n\s*\2\s*$)/gms;

/** See the header. What is typed still acts, and a link still carries it. */
export function withoutSecretValues(command: string): string {
  const plain = command
    .replace(PASSWORD, `$1${HIDDEN}`)
    .replace(INPUT, (text) =>
      /\bkind["']?:\s*["']?Secret\b/.test(text) ? `${text.slice(0, text.indexOf('\n'))}\n${HIDDEN}` : text,
    );
  if (!/\bsecrets?\b/.test(plain)) return plain;
  const hidden = plain.replace(
    LITERAL,
    (_all, a, quote = '', b, inner = '', c) => `${a ?? b ?? c}${HIDDEN}${quote || inner}`,
  );
  return /\bpatch\b/.test(hidden) ? hidden.replace(PATCH, `$1${HIDDEN}`) : hidden;
}
