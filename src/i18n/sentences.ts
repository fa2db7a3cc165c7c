/**
 * What steps say, in another language. The engine speaks English; a language has pairs of patterns, in which `{name}` stands for
 * words that are kept, `{*name}` for a part that is a sentence or clause of its own, `{+name}` for a list of such with commas and `{;name}` for one
 * with semicolons, in which all but the first begin with their place. The first pattern that fits is taken.
 */

/** An English pattern and the same in another language; both name the same parts. */
export type SentencePair = readonly [english: string, other: string];

interface Pattern {
  readonly expression: RegExp;
  readonly names: readonly string[];
  readonly other: string;
  /** What the sentence begins with, so that most patterns are passed over without trying them. */
  readonly start: string;
}

const PART = /\{([*+;]?\w+)\}/g;
/** Between two of a list, `; character 3: `: what is quoted may have semicolons of its own. */
const NEXT_PLACE = /; (?=\w+ \d+[:,] )/;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function patternOf([english, other]: SentencePair): Pattern {
  const names = [...english.matchAll(PART)].map((match) => match[1]!);
  const pieces = english.split(PART);
  const source = pieces.map((piece, at) => {
    if (at % 2 === 0) return escaped(piece);
    if (piece === 'count') return '(\\d+)';
    // What is named in the midst of a sentence has no clauses.
    return at < pieces.length - 2 && /^\w/.test(piece) ? '((?:(?!: )[^])+?)' : '([^]+?)';
  });
  return { expression: new RegExp(`^${source.join('')}$`), names, other, start: english.split('{')[0]! };
}

/** Translates sentences by the pairs; one that fits none comes back as it is. What it was asked for is remembered. */
export function sentenceTranslator(pairs: readonly SentencePair[]): (text: string) => string {
  // What begins with a word of its own is meant rather than what may begin with anything.
  const [begun, open] = [true, false].map((isBegun) => pairs.filter(([english]) => /^[^{]/.test(english) === isBegun));
  const patterns = [...begun!, ...open!].map(patternOf);
  const known = new Map<string, string>();
  const translate = (text: string): string => {
    for (const { expression, names, other, start } of patterns) {
      if (!text.startsWith(start)) continue;
      const match = expression.exec(text);
      if (!match) continue;
      const parts = new Map(names.map((name, at) => [name, partOf(name, match[at + 1]!)]));
      return other.replace(PART, (whole, name: string) => parts.get(name) ?? whole);
    }
    return text;
  };
  const partOf = (name: string, text: string): string => {
    if (name.startsWith(';')) return text.split(NEXT_PLACE).map(remembered).join('；');
    if (name.startsWith('+')) return text.split(', ').map(remembered).join(', ');
    return name.startsWith('*') ? remembered(text) : text;
  };
  const remembered = (text: string): string => {
    const before = known.get(text);
    if (before !== undefined) return before;
    // What is remembered is bounded: a long run says many different sentences.
    if (known.size > 5000) known.clear();
    const translated = translate(text);
    known.set(text, translated);
    return translated;
  };
  return remembered;
}
