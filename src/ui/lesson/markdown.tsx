/** Markdown as elements of the page. HTML in it is shown as the text it is, and links lead only to web pages. */
import { lexer, type Token, type Tokens } from 'marked';
import { createElement, Fragment, type ReactNode } from 'react';

/** An element around parts that never change places. */
const around = (tag: string | typeof Fragment, parts: readonly ReactNode[]): ReactNode =>
  createElement(tag, null, ...parts);

const inside = (tag: string | typeof Fragment, tokens: readonly Token[] = []): ReactNode =>
  around(tag, tokens.map(element));

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

const rowElement = (tag: 'th' | 'td', cells: readonly Tokens.TableCell[]): ReactNode =>
  around(
    'tr',
    cells.map(({ tokens }) => inside(tag, tokens)),
  );

function tableElement({ header, rows }: Tokens.Table): ReactNode {
  return (
    <table>
      <thead>{rowElement('th', header)}</thead>
      {around(
        'tbody',
        rows.map((row) => rowElement('td', row)),
      )}
    </table>
  );
}

function linkElement({ href, tokens }: Tokens.Link): ReactNode {
  if (!/^https?:\/\//i.test(href)) return inside(Fragment, tokens);
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {inside(Fragment, tokens)}
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

function listElement({ ordered, items }: Tokens.List): ReactNode {
  return around(
    ordered ? 'ol' : 'ul',
    items.map(({ tokens }) => inside('li', tokens)),
  );
}

function element(token: Token): ReactNode {
  const tag = PLAIN_TAGS.get(token.type);
  if (tag) return inside(tag, 'tokens' in token ? token.tokens : []);
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'codespan':
      return <code>{plain(token.text)}</code>;
    case 'code':
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      );
    case 'list':
      return listElement(token as Tokens.List);
    case 'table':
      return tableElement(token as Tokens.Table);
    case 'link':
      return linkElement(token as Tokens.Link);
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    case 'text':
    case 'escape':
      return 'tokens' in token && token.tokens ? inside(Fragment, token.tokens) : plain(token.text);
    default:
      return token.raw;
  }
}

/** See the header. */
export function Markdown({ text }: { text: string }) {
  return <div className="markdown">{inside(Fragment, lexer(text))}</div>;
}
