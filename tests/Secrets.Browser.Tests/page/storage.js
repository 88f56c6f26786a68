// The app's storage, and what its tests do to the browser beneath it.
import { createStorage } from '../../../web/src/core/storage';
import { openDatabase, settled } from '../../../web/src/core/shelf';

const place = (id) => `secrets-store-${id}`;
const getDirectory = StorageManager.prototype.getDirectory;
const now = Date.now;
let refused = [];
let later = 0;

const refuse = (prototype, name, what, answer) => {
  const real = prototype[name];
  prototype[name] = function (...args) {
    return refused.includes(what(...args)) ? answer() : real.apply(this, args);
  };
};
const failure = (name) => new DOMException('refused by a test', name);
refuse(StorageManager.prototype, 'getDirectory', () => 'files', () => Promise.reject(failure('SecurityError')));
refuse(FileSystemDirectoryHandle.prototype, 'removeEntry', () => 'removal', () => Promise.reject(failure('NoModificationAllowedError')));
refuse(IDBDatabase.prototype, 'transaction', (_, mode) => (mode === 'readwrite' ? 'rows' : 'reading'), () => {
  throw failure('QuotaExceededError');
});
Date.now = () => now() + later;

async function folder(id) {
  const root = await getDirectory.call(navigator.storage);
  return root.getDirectoryHandle(place(id)).catch(() => null);
}

async function largeFiles(id) {
  const found = [];
  for await (const [name, file] of (await folder(id))?.entries() ?? []) found.push(`${name} ${(await file.getFile()).size}`);
  return found.join('\n');
}

export const storage = createStorage(true);

export const storageTests = {
  largeFiles,
  hasFolder: async (id) => (await folder(id)) !== null,
  /** Cuts a large file to a length; removes it if that is negative. */
  async harm(id, name, length) {
    const files = await folder(id);
    if (length < 0) return files.removeEntry(name);
    const handle = await (await files.getFileHandle(name)).createSyncAccessHandle();
    handle.truncate(length);
    handle.close();
  },
  async countPieces(id) {
    const database = await openDatabase(place(id), 2, () => undefined);
    const count = await settled(database.transaction('pieces').objectStore('pieces').count());
    database.close();
    return count;
  },
  refuse: (what) => (refused = what.split(' ')),
  wait: (minutes) => (later += minutes * 60_000),
};
