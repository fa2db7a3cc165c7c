/** A table of the browser's IndexedDB, one per database. Every use may fail: storage can be forbidden, full, gone, or never answer. */
import { inTime, type Later, WRITING_MS } from './in-time';

/** Somewhere values are kept by id, not at once. */
export interface Table<T> {
  get(id: string): Promise<T | undefined>;
  put(id: string, value: T): Promise<void>;
  remove(id: string): Promise<void>;
}

/** See the header. Nothing is opened before the first use. */
export function createTable<T>(database: string, table: string, later: Later): Table<T> {
  let opened: Promise<IDBDatabase> | undefined;
  const open = () =>
    new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(database, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(table);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const found = request.result;
        // Another tab of a newer release wants to change it, or the browser has closed it.
        const forget = () => {
          opened = undefined;
        };
        found.onversionchange = () => {
          forget();
          found.close();
        };
        found.onclose = forget;
        resolve(found);
      };
    });
  const use = async <R>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<R>): Promise<R> => {
    opened ??= open();
    opened.catch(() => {
      opened = undefined;
    });
    const found = await opened;
    return new Promise((resolve, reject) => {
      const transaction = found.transaction(table, mode);
      const request = ask(transaction.objectStore(table));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  };
  const inGoodTime = <R>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<R>): Promise<R> =>
    inTime(use(mode, ask), later, mode === 'readwrite' ? WRITING_MS : undefined);
  return {
    get: (id) => inGoodTime<T | undefined>('readonly', (store) => store.get(id)),
    put: async (id, value) => void (await inGoodTime('readwrite', (store) => store.put(value, id))),
    remove: async (id) => void (await inGoodTime('readwrite', (store) => store.delete(id))),
  };
}
