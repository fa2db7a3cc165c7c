/** What of a request a rule asks beside its host, path, method and headers: regular expressions, parameters, who asks, and that something is not so. Plain data. */
import { parseRegularExpression, type RegularExpression } from '../../api/regular-expression';
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

/** A regular expression that somebody has written; throws when it can't be read. */
export function expressionOf(pattern: string, ignoreCase = false): RegularExpression {
  const read = parseRegularExpression(pattern, { ignoreCase });
  if ('problem' in read) throw new Error(read.problem);
  return read;
}

/** Whether a text fits an expression; nothing fits one that can't be read. */
export function fitsExpression(pattern: string, text: string): boolean {
  const read = parseRegularExpression(pattern);
  return !('problem' in read) && read.test(text);
}

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
