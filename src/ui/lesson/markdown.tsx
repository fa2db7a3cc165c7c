/** Markdown as elements of the page, its terms explained. HTML in it is shown as the text it is, and links lead only to web pages. */
import { lexer, type Token, type Tokens } from 'marked';
import { createElement, Fragment, type ReactNode } from 'react';
import { type Glossary, type GlossaryTerm, termOfCode } from '../../lessons/glossary/glossary';
import { useGlossary } from './glossary';
import { glossed, Term } from './term';

/** What words are explained with; undefined where they are not. `seen` has those that were. */
type Words = { readonly glossary: Glossary; readonly seen: Set<GlossaryTerm> } | undefined;

/** An element around parts that never change places. */
const around = (tag: string | typeof Fragment, parts: readonly ReactNode[]): ReactNode =>
  createElement(tag, null, ...parts);

const inside = (tag: string | typeof Fragment, tokens: readonly Token[] = [], words: Words): ReactNode =>
  around(
    tag,
    tokens.map((token) => element(token, words)),
  );

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
]);

/** Entities are text here: nothing is HTML. */
const plain = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (whole) => ENTITIES.get(whole) ?? whole);

const rowElement = (tag: 'th' | 'td', cells: readonly Tokens.TableCell[], words: Words): ReactNode =>
  around(
    'tr',
    cells.map(({ tokens }) => inside(tag, tokens, words)),
  );

function tableElement({ header, rows }: Tokens.Table, words: Words): ReactNode {
  return (
    <table>
      <thead>{rowElement('th', header, undefined)}</thead>
      {around(
        'tbody',
        rows.map((row) => rowElement('td', row, words)),
      )}
    </table>
  );
}

function linkElement({ href, tokens }: Tokens.Link): ReactNode {
  if (!/^https?:\/\//i.test(href)) return inside(Fragment, tokens, undefined);
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {inside(Fragment, tokens, undefined)}
    </a>
  );
}

const PLAIN_TAGS: ReadonlyMap<string, string> = new Map([
  ['paragraph', 'p'],
  ['heading', 'h4'],
  ['strong', 'strong'],
  ['em', 'em'],
  ['del', 'del'],
  ['blockquote', 'blockquote'],
]);

function listElement({ ordered, items }: Tokens.List, words: Words): ReactNode {
  return around(
    ordered ? 'ol' : 'ul',
    items.map(({ tokens }) => inside('li', tokens, words)),
  );
}

function codeElement(code: string, words: Words): ReactNode {
  const element = <code>{code}</code>;
  const term = words && termOfCode(words.glossary, code);
  if (!term || words.seen.has(term)) return element;
  words.seen.add(term);
  return <Term term={term}>{element}</Term>;
}

const textElement = (text: string, words: Words): ReactNode =>
  words ? around(Fragment, glossed(words.glossary, text, words.seen)) : text;

function element(token: Token, words: Words): ReactNode {
  const tag = PLAIN_TAGS.get(token.type);
  if (tag) return inside(tag, 'tokens' in token ? token.tokens : [], token.type === 'heading' ? undefined : words);
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'codespan':
      return codeElement(plain(token.text), words);
    case 'code':
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      );
    case 'list':
      return listElement(token as Tokens.List, words);
    case 'table':
      return tableElement(token as Tokens.Table, words);
    case 'link':
      return linkElement(token as Tokens.Link);
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    case 'text':
    case 'escape':
      return 'tokens' in token && token.tokens
        ? inside(Fragment, token.tokens, words)
        : textElement(plain(token.text), words);
    default:
      return token.raw;
  }
}

/** See the header. */
export function Markdown({ text }: { text: string }) {
  const glossary = useGlossary((state) => state.glossary);
  const words = glossary ? { glossary, seen: new Set<GlossaryTerm>() } : undefined;
  return <div className="markdown">{inside(Fragment, lexer(text), words)}</div>;
}
