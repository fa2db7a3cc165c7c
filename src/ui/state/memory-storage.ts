/** What stands in for the browser's storage where nothing is to be kept: it lives as long as the page. */
import type { Table } from './browser-table';

/** As localStorage, in memory. */
export function memoryStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}

/** As a table of the browser's, in memory. */
export function memoryTable<T>(): Table<T> {
  const kept = new Map<string, T>();
  return {
    get: async (id) => kept.get(id),
    put: async (id, value) => void kept.set(id, value),
    remove: async (id) => void kept.delete(id),
  };
}
