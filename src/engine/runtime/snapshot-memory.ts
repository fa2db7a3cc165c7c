/**
 * Copies a component's memory for a checkpoint: containers are copied, the values in them shared, since the memory
 * rule (client/component.ts) says that values are replaced and never mutated. Records are copied two levels deep, so
 * `memory.queue.waiting` is safe too.
 */
import type { Memory } from '../client/component';

function copyContainer(value: unknown, depth: number): unknown {
  if (value instanceof Map) return new Map(value);
  if (value instanceof Set) return new Set(value);
  if (Array.isArray(value)) return value.slice();
  if (value === null || typeof value !== 'object' || depth === 0) return value;
  const copy: Record<string, unknown> = {};
  for (const [field, inner] of Object.entries(value)) copy[field] = copyContainer(inner, depth - 1);
  return copy;
}

/** A copy that later work of the component can't change. */
export function snapshotMemory<M extends Memory>(memory: M): M {
  return copyContainer(memory, 3) as M;
}

/** How many entries a copy touches: what a checkpoint of this memory costs. */
export function memorySize(memory: Memory): number {
  let size = 0;
  for (const value of Object.values(memory)) {
    if (value instanceof Map || value instanceof Set) size += value.size;
    else if (Array.isArray(value)) size += value.length;
    else if (value !== null && typeof value === 'object') size += memorySize(value as Memory);
  }
  return size;
}
