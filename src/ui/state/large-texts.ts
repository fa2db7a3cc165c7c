/** Texts too large for localStorage, in IndexedDB. */
const DATABASE = 'kubestep';
const TABLE = 'texts';

/** Somewhere texts are kept by id, not at once. */
export interface LargeTexts {
  get(id: string): Promise<string | undefined>;
  put(id: string, text: string): Promise<void>;
  remove(id: string): Promise<void>;
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function withTable<T>(mode: IDBTransactionMode, use: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await openDatabase();
  return new Promise((resolve, reject) => {
    const request = use(database.transaction(TABLE, mode).objectStore(TABLE));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The browser's own. */
export const LARGE_TEXTS: LargeTexts = {
  get: (id) => withTable<string | undefined>('readonly', (table) => table.get(id)),
  put: async (id, text) => void (await withTable('readwrite', (table) => table.put(text, id))),
  remove: async (id) => void (await withTable('readwrite', (table) => table.delete(id))),
};
