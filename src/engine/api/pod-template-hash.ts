/**
 * The short hash of a Pod template that names ReplicaSets and labels their Pods (`pod-template-hash`).
 * Follows ComputeHash in pkg/controller/controller_utils.go and SafeEncodeString in apimachinery/pkg/util/rand/rand.go.
 * Simplification: upstream hashes a dump of the Go object, this hashes the JSON with sorted keys, so the values differ
 * from a real cluster's. As there, the same template always has the same hash, and a collision count changes it.
 */
import type { PodTemplateSpec } from './types';

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

function hashByte(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, PRIME);
}

function hashText(hash: number, text: string): number {
  let result = hash;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    result = hashByte(result, unit & 0xff);
    if (unit > 0xff) result = hashByte(result, unit >> 8);
  }
  return result;
}

/** Hashes plain data; keys are sorted, and what is absent or undefined leaves no trace. */
function hashValue(hash: number, value: unknown): number {
  if (typeof value !== 'object' || value === null) return hashText(hash, JSON.stringify(value) ?? 'null');
  if (Array.isArray(value)) {
    const inside = value.reduce<number>((result, item) => hashText(hashValue(result, item), ','), hashText(hash, '['));
    return hashText(inside, ']');
  }
  const fields = value as Record<string, unknown>;
  let result = hashText(hash, '{');
  for (const key of Object.keys(fields).sort()) {
    if (fields[key] === undefined) continue;
    result = hashText(hashValue(hashText(result, `${JSON.stringify(key)}:`), fields[key]), ',');
  }
  return hashText(result, '}');
}

/** Each character replaced by one of an alphabet without vowels, so that no hash spells a word. */
export function safeEncodeString(text: string): string {
  let encoded = '';
  for (let index = 0; index < text.length; index++) encoded += ALPHABET[text.charCodeAt(index) % ALPHABET.length];
  return encoded;
}

/** A short text without vowels that the same plain data always gives. */
export function hashName(value: unknown): string {
  return safeEncodeString(String(hashValue(OFFSET_BASIS, value) >>> 0));
}

/** The hash of a template; `collisionCount` (of the Deployment's status) gives another name after a collision. */
export function podTemplateHash(template: PodTemplateSpec, collisionCount?: number): string {
  let hash = hashValue(OFFSET_BASIS, template);
  if (collisionCount !== undefined) {
    for (let shift = 0; shift < 32; shift += 8) hash = hashByte(hash, (collisionCount >>> shift) & 0xff);
  }
  return safeEncodeString(String(hash >>> 0));
}
