// The list of this browser's identities: the core keeps it, and the page reads it before the core has been loaded.

export interface ShelfEntry {
  id: string;
  created: number;
  retired: boolean;
  name: string;
}

export function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('storage'));
  });
}

export function openDatabase(name: string, version: number, upgrade: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => upgrade(request.result);
  return settled(request);
}

export function openShelf(): Promise<IDBDatabase> {
  return openDatabase('secrets', 1, (created) => created.createObjectStore('identities', { keyPath: 'id' }));
}

/** The identities, the oldest first. */
export async function listShelf(shelf: IDBDatabase): Promise<ShelfEntry[]> {
  return inOrder((await settled(shelf.transaction('identities').objectStore('identities').getAll())) as ShelfEntry[]);
}

export function inOrder(entries: ShelfEntry[]): ShelfEntry[] {
  return entries.sort((a, b) => a.created - b.created);
}
