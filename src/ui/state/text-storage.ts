/**
 * Keeps the text across reloads: in localStorage, which can be read before the first paint; texts too large for that go
 * to IndexedDB, with a mark in localStorage that says so.
 */
const KEY = 'kubestep.text';
const LARGE_MARK = '\u0000large';
const DATABASE = 'kubestep';
const TABLE = 'texts';

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

/** The kept text; undefined at a first visit or where storage is forbidden. */
export async function loadText(): Promise<string | undefined> {
  try {
    const text = localStorage.getItem(KEY);
    if (text !== LARGE_MARK) return text ?? undefined;
    return await withTable<string | undefined>('readonly', (table) => table.get(KEY));
  } catch {
    return undefined;
  }
}

/** Keeps the text. False when it could be kept nowhere. */
export async function saveText(text: string): Promise<boolean> {
  try {
    localStorage.setItem(KEY, text);
    return true;
  } catch {
    // Too large for localStorage, or storage is forbidden altogether.
  }
  try {
    await withTable('readwrite', (table) => table.put(text, KEY));
    localStorage.setItem(KEY, LARGE_MARK);
    return true;
  } catch {
    return false;
  }
}

/** A small setting kept across visits. */
export function loadSetting(name: string): string | undefined {
  try {
    return localStorage.getItem(`kubestep.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a small setting; where storage is forbidden it just lasts as long as the page. */
export function saveSetting(name: string, value: string): void {
  try {
    localStorage.setItem(`kubestep.${name}`, value);
  } catch {
    // Nothing to do: the setting holds until the page is closed.
  }
}
