/** `KEY=VALUE` and `KEY-` arguments after the resources. Follows GetResourcesAndPairs and ParsePairs of kubectl/pkg/cmd/util/helpers.go. */
import { KubectlError } from './errors';

function isPair(word: string): boolean {
  return (word.includes('=') && !word.startsWith('=')) || (word.endsWith('-') && word !== '-');
}

/** Resources first, then pairs; the other way round is an error. */
export function splitPairs(args: readonly string[], type: string): { resources: string[]; pairs: string[] } {
  const resources: string[] = [];
  const pairs: string[] = [];
  for (const word of args) {
    if (isPair(word)) pairs.push(word);
    else if (pairs.length > 0) {
      throw new KubectlError(`all resources must be specified before ${type} changes: ${word}`);
    } else resources.push(word);
  }
  return { resources, pairs };
}

/** Pairs as values to set and keys to remove. */
export function parsePairs(
  pairs: readonly string[],
  type: string,
  supportsRemove: boolean,
): { set: Map<string, string>; remove: string[] } {
  const set = new Map<string, string>();
  const remove: string[] = [];
  const invalid: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals > 0) set.set(pair.slice(0, equals), pair.slice(equals + 1));
    else if (supportsRemove && pair.endsWith('-') && pair !== '-') remove.push(pair.slice(0, -1));
    else invalid.push(pair);
  }
  if (invalid.length > 0) throw new KubectlError(`invalid ${type} format: ${invalid.join(', ')}`);
  return { set, remove };
}
