/**
 * kubectl describe of kinds without a description of their own: every field, under a label made of its name.
 * Follows genericDescriber, printUnstructuredContent and smartLabelFor in staging/src/k8s.io/kubectl/pkg/describe/describe.go.
 */

import { goText, isJsonObject, type JsonObject, sortedKeys } from '../../engine/api/go-text';
import type { KubeObject } from '../../engine/api/meta';
import { withEventsOf } from './events';
import { type Describer, field, metadataLines } from './text';

const SKIPPED = new Set(
  ['managedFields', 'name', 'namespace', 'labels', 'annotations'].map((name) => `.metadata.${name}`),
);
const ACRONYMS = new Set(['API', 'URL', 'UID', 'GUID']);

/** `podCIDR` as `pod`, `CIDR`: runs of upper or lower case, the last capital going to the word it begins. */
function splitWords(name: string): string[] {
  return name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[^\p{Lu}\p{Ll}]+/gu) ?? [];
}

function mergeCapitals(words: readonly string[]): string[] {
  const merged: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const next = words[at + 1];
    const joins = word.length >= 2 && !/\p{Ll}/u.test(word) && next !== undefined && /^[A-Z]/.test(next);
    merged.push(joins ? word + next : word);
    if (joins) at++;
  }
  return merged;
}

/** `creationTimestamp` as `Creation Timestamp`. */
export function labelFor(name: string): string {
  if (!/^[\p{L}-]*$/u.test(name)) return name;
  const words = mergeCapitals(splitWords(name)).map((word) => {
    if (ACRONYMS.has(word.toUpperCase())) return word.toUpperCase();
    return word.toLowerCase() === word ? word.charAt(0).toUpperCase() + word.slice(1) : word;
  });
  return words.join(' ');
}

function itemLines(item: unknown, level: number, path: string): string {
  return isJsonObject(item) ? contentLines(item, level, path) : `${'  '.repeat(level)}${goText(item)}\n`;
}

function contentLines(content: JsonObject, level: number, path: string): string {
  const lines = sortedKeys(content).map((name) => {
    const inner = `${path}.${name}`;
    const value = content[name];
    if (SKIPPED.has(inner)) return '';
    const title = `${'  '.repeat(level)}${labelFor(name)}:\n`;
    if (isJsonObject(value)) return title + contentLines(value, level + 1, inner);
    if (Array.isArray(value)) return title + value.map((item) => itemLines(item, level + 1, inner)).join('');
    return field(labelFor(name), goText(value), level);
  });
  return lines.join('');
}

/** Any object. */
export const describeGeneric: Describer<KubeObject> = (object, reader, clock) =>
  withEventsOf(object, metadataLines(object) + contentLines(object, 0, ''), reader, clock);
