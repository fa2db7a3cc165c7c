/** The tokens of a Go template. Follows text/template/parse/lex.go, with its words. */

/** What a token is. */
export type TokenType =
  | 'text'
  | 'left'
  | 'right'
  | 'space'
  | 'pipe'
  | 'paren'
  | 'close'
  | 'declare'
  | 'assign'
  | 'char'
  | 'dot'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'keyword'
  | 'bool'
  | 'nil'
  | 'number'
  | 'constant'
  | 'string'
  | 'raw'
  | 'error'
  | 'end';

/** One token: its text, and where it stands. */
export interface Token {
  readonly type: TokenType;
  readonly text: string;
  readonly pos: number;
}

const KEYWORDS = new Set('block break continue define else end if range template with'.split(' '));

/** What can follow a `{{`, in the order in which it is tried. */
const RULES: readonly (readonly [TokenType, RegExp])[] = [
  ['space', /[ \t\r\n]+/y],
  ['declare', /:=/y],
  ['assign', /=/y],
  ['pipe', /\|/y],
  ['string', /"(?:\\.|[^"\\\n])*"/y],
  ['raw', /`[^`]*`/y],
  ['constant', /'(?:\\.|[^'\\\n])+'/y],
  ['variable', /\$[\p{L}_\p{Nd}]*/uy],
  ['number', /[+-]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d+)(?:[eE][+-]?\d+)?)/uy],
  ['field', /\.[\p{L}_][\p{L}_\p{Nd}]*/uy],
  ['dot', /\./y],
  ['identifier', /[\p{L}_][\p{L}_\p{Nd}]*/uy],
  ['paren', /\(/y],
  ['close', /\)/y],
  ['char', /[\x20-\x7e]/y],
];

const UNFINISHED: Readonly<Record<string, string>> = {
  '"': 'unterminated quoted string',
  '`': 'unterminated raw quoted string',
  "'": 'unterminated character constant',
};

function wordType(text: string): TokenType {
  if (text === 'true' || text === 'false') return 'bool';
  return text === 'nil' ? 'nil' : KEYWORDS.has(text) ? 'keyword' : 'identifier';
}

/** `U+0021 '!'`. */
function codeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `U+${code} '${character}'`;
}

/** The tokens between `{{` and `}}`, and where they end; an error is the last. */
function actionTokens(text: string, start: number): { tokens: Token[]; at: number } {
  const tokens: Token[] = [];
  let at = start;
  let depth = 0;
  const failed = (message: string) => ({
    tokens: [...tokens, { type: 'error' as const, text: message, pos: at }],
    at: text.length,
  });
  for (;;) {
    if (text.startsWith('}}', at) || text.startsWith(' -}}', at)) {
      if (depth > 0) return failed('unclosed left paren');
      tokens.push({ type: 'right', text: '}}', pos: at });
      return { tokens, at };
    }
    const character = text[at];
    if (character === undefined) return failed('unclosed action');
    const found = ruleAt(text, at);
    if (!found) return failed(UNFINISHED[character] ?? `unrecognized character in action: ${codeOf(character)}`);
    if (found.type === 'char' && UNFINISHED[character]) return failed(UNFINISHED[character] as string);
    if (found.type === 'char' && character === ':') return failed('expected :=');
    if (found.type === 'char' && character !== ',') return failed(`unexpected ${JSON.stringify(character)} in operand`);
    if (found.type === 'close' && --depth < 0) return failed('unexpected right paren');
    if (found.type === 'paren') depth++;
    const token = found.text;
    tokens.push({ type: found.type === 'identifier' ? wordType(token) : found.type, text: token, pos: at });
    at += token.length;
    const next = text[at] ?? '';
    if (/^(?:field|variable|identifier)$/.test(found.type) && !/[\s.,|:=()}]|^$/.test(next))
      return failed(`bad character ${codeOf(next)}`);
    if (found.type === 'number' && /[\p{L}\d_]/u.test(next))
      return failed(`bad number syntax: ${JSON.stringify(token + next)}`);
    if (text.startsWith(' -}}', at)) tokens.push({ type: 'space', text: ' ', pos: at });
  }
}

/** What the first rule that fits takes. */
function ruleAt(text: string, at: number): Pick<Token, 'type' | 'text'> | undefined {
  for (const [type, rule] of RULES) {
    rule.lastIndex = at;
    const found = rule.exec(text)?.[0];
    if (found !== undefined) return { type, text: found };
  }
  return undefined;
}

/** All tokens; the last is `end` or an error. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let trims = false;
  for (;;) {
    const open = text.indexOf('{{', at);
    const until = open < 0 ? text.length : open;
    const trimsHere = open >= 0 && /^\{\{-[ \t\r\n]/.test(text.slice(open, open + 4));
    const whole = text.slice(at, until);
    const left = trims ? whole.replace(/^[ \t\r\n]+/, '') : whole;
    const shown = trimsHere ? left.replace(/[ \t\r\n]+$/, '') : left;
    if (shown !== '') tokens.push({ type: 'text', text: shown, pos: at });
    if (open < 0) break;
    at = open + (trimsHere ? 4 : 2);
    const comment = text.startsWith('/*', at) ? text.indexOf('*/', at) : undefined;
    if (comment !== undefined) {
      const close = comment < 0 ? undefined : /^\*\/( -)?\}\}/.exec(text.slice(comment));
      const problem = comment < 0 ? 'unclosed comment' : close ? undefined : 'comment ends before closing delimiter';
      if (problem) return [...tokens, { type: 'error', text: problem, pos: at }];
      trims = close?.[1] !== undefined;
      at = (comment as number) + (close?.[0].length ?? 0);
      continue;
    }
    tokens.push({ type: 'left', text: '{{', pos: open });
    const action = actionTokens(text, at);
    tokens.push(...action.tokens);
    if (tokens.at(-1)?.type === 'error') return tokens;
    trims = text.startsWith(' -}}', action.at);
    at = action.at + (trims ? 4 : 2);
  }
  tokens.push({ type: 'end', text: '', pos: text.length });
  return tokens;
}
