/** What of a request a rule asks beside its host, path, method and headers: regular expressions, parameters, who asks, and that something is not so. Plain data. */
import { isInBlock } from '../addresses';
import type { Asked } from './routes';

/** One question. */
export interface RouteTest {
  /** Of what: of a header or a parameter by its name. */
  readonly of: 'host' | 'path' | 'method' | 'client' | 'header' | 'query';
  readonly name?: string;
  /** A regular expression; of a client its address or block. */
  readonly pattern: string;
  readonly isNot?: boolean;
}

/** A text as a regular expression that means just it. */
export const literally = (text: string): string => `^${text.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&')}$`;

/** The regular expression that Go's text means; throws when it can't be read. */
export const expressionOf = (pattern: string, ignoresCase = false): RegExp => {
  const text = pattern.replace(/^\(\?i\)/, '');
  return new RegExp(text, ignoresCase || text !== pattern ? 'i' : '');
};

/** The values of a header; its name is the same in capitals. */
export function headerValues(headers: Asked['headers'], name: string): string[] {
  const wanted = name.toLowerCase();
  return Object.entries(headers).flatMap(([key, value]) => (key.toLowerCase() === wanted ? [value] : []));
}

/** The values of a parameter, in order. */
export const parameterValues = (query: string, name: string): string[] =>
  query.split('&').flatMap((one) => (one.split('=')[0] === name ? [one.slice(name.length + 1)] : []));

function valuesOf({ of, name = '' }: RouteTest, { host, path, method, headers, query = '' }: Asked): string[] {
  switch (of) {
    case 'header':
      return headerValues(headers, name);
    case 'query':
      return parameterValues(query, name);
    default:
      return [of === 'host' ? host : of === 'path' ? path : method];
  }
}

/** Whether a request meets it. */
export function testFits(test: RouteTest, asked: Asked): boolean {
  const { of, pattern, isNot = false } = test;
  const isSo =
    of === 'client'
      ? isInBlock(asked.client ?? '', pattern.includes('/') ? pattern : `${pattern}/32`)
      : valuesOf(test, asked).some((value) => expressionOf(pattern, of === 'host').test(value));
  return isSo !== isNot;
}
