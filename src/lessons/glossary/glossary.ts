/**
 * The glossary: what a term of Kubernetes means, in a sentence. terms.txt has a term a line: its names
 * (in backticks: only where it is code), the rows of the list of concepts that are
 * told only here, and the sentence in English and Chinese. Pure; the text is loaded by whoever shows it.
 */

/** A term. */
export interface GlossaryTerm {
  /** By which names it is known in texts, in either language; the first is the one it stands under. */
  readonly names: readonly string[];
  /** Those of them that are everyday words too, and mean the term only where they are written as code. */
  readonly inCode: readonly string[];
  /** Rows of the list of concepts. */
  readonly concepts: readonly string[];
  readonly meaning: { readonly en: string; readonly zh: string };
}

/** Terms with what finds them in a text. */
export interface Glossary {
  readonly terms: readonly GlossaryTerm[];
  readonly byName: ReadonlyMap<string, GlossaryTerm>;
  readonly pattern: RegExp;
}

/** A piece of a text: plain, or with the term that it names. */
export interface Piece {
  readonly text: string;
  readonly term?: GlossaryTerm;
}

const isLatin = (name: string): boolean => /^[\w-]/.test(name);

/** A name in a text; a small first letter may be a capital at the beginning of a sentence. */
function source(name: string): string {
  const escaped = name.replaceAll(/[.*+?^$()[\]{}|\\]/g, '\\$&');
  const first = name.charAt(0);
  const either = /[a-z]/.test(first) ? `[${first}${first.toUpperCase()}]${escaped.slice(1)}` : escaped;
  return isLatin(name) ? `(?<![\\w./-])${either}(?![\\w/-]|\\.\\w)` : either;
}

/** Reads the list of terms. */
export function readGlossary(text: string): Glossary {
  const terms = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): GlossaryTerm => {
      const [written = '', concepts = '', en = '', zh = ''] = line.split('|').map((part) => part.trim());
      const names = written.split(', ');
      return {
        names: names.map((name) => name.replaceAll('`', '')),
        inCode: names.filter((name) => name.startsWith('`')).map((name) => name.replaceAll('`', '')),
        concepts: concepts === '' ? [] : concepts.split(' '),
        meaning: { en, zh },
      };
    });
  const byName = new Map(terms.flatMap((term) => term.names.map((name) => [name, term] as const)));
  const spoken = terms.flatMap(({ names, inCode }) => names.filter((name) => !inCode.includes(name)));
  const longestFirst = spoken.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return { terms, byName, pattern: new RegExp(longestFirst.map(source).join('|'), 'g') };
}

/** The term that a name stands for. */
export function termNamed({ byName }: Glossary, name: string): GlossaryTerm | undefined {
  return byName.get(name) ?? byName.get(name.charAt(0).toLowerCase() + name.slice(1));
}

/** A text in pieces. Each term is marked where it is first named; `seen` has those that were named before, and gets those that are. */
export function piecesOf(glossary: Glossary, text: string, seen: Set<GlossaryTerm>): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: name, index } of text.matchAll(glossary.pattern)) {
    const term = termNamed(glossary, name);
    if (!term || seen.has(term)) continue;
    seen.add(term);
    if (index > from) pieces.push({ text: text.slice(from, index) });
    pieces.push({ text: name, term });
    from = index + name.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** The term that a piece of code names: alone, or as a key (`maxSurge: 1`). */
export const termOfCode = (glossary: Glossary, code: string): GlossaryTerm | undefined =>
  glossary.byName.get(code.replace(/:.*$/s, '').trim());
