/** How deeply the values of a YAML text are nested, found without recursion: a fixed limit, so that a text is read everywhere or nowhere. */
import type { CST } from 'yaml';

/** Deeper values are refused; those of Kubernetes are far below it. */
const MAX_DEPTH = 300;

interface Level {
  readonly token: CST.Token;
  readonly depth: number;
}

function childrenOf(token: CST.Token): (CST.Token | null | undefined)[] {
  if (token.type === 'document') return [token.value];
  if ('items' in token) return token.items.flatMap((item) => [item.key, item.value]);
  return [];
}

/** The offset of the first value that is nested too deeply, if there is one. */
export function deepToken(tokens: readonly CST.Token[]): number | undefined {
  const open: Level[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let level = open.pop(); level; level = open.pop()) {
    const { token, depth } = level;
    if (depth > MAX_DEPTH) return 'offset' in token ? token.offset : 0;
    for (const child of childrenOf(token)) if (child) open.push({ token: child, depth: depth + 1 });
  }
  return undefined;
}
