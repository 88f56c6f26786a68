// The core's storage: the list of identities, and each identity's store, a database of small files.

import { removeFolder } from './large';
import { inOrder, listShelf, openShelf, settled, type ShelfEntry } from './shelf';
import { finished, StoreFiles } from './store-files';

const storePrefix = 'secrets-store-';

/** The functions that the core imports as `storage`. `keeps` is false where nothing may be kept, whatever the browser would allow. */
export function createStorage(keeps: boolean) {
  const open = new Map<string, StoreFiles>();
  const locks = new Map<string, () => void>();
  // in memory alone, where the browser refuses to keep anything
  const remembered = new Map<string, ShelfEntry>();
  let shelf: IDBDatabase | null = null;
  let staged: Uint8Array = new Uint8Array(0);

  const filesOf = async (id: string): Promise<StoreFiles> => {
    let files = open.get(id);
    if (files === undefined) {
      files = await StoreFiles.open(storePrefix + id);
      open.set(id, files);
    }
    return files;
  };
  const close = (id: string) => {
    open.get(id)?.close();
    open.delete(id);
  };
  const entries = async (): Promise<ShelfEntry[]> => (shelf === null ? inOrder([...remembered.values()]) : listShelf(shelf));
  const changeShelf = async (change: (identities: IDBObjectStore) => void): Promise<void> => {
    if (shelf === null) return;
    const transaction = shelf.transaction('identities', 'readwrite', { durability: 'strict' });
    change(transaction.objectStore('identities'));
    await finished(transaction);
  };

  return {
    async openShelf(): Promise<boolean> {
      if (!keeps) return false;
      try {
        shelf = await openShelf();
        return true;
      } catch {
        return false;
      }
    },
    async listShelf(): Promise<string> {
      return (await entries()).map((one) => [one.id, one.created, one.retired ? 1 : 0, one.name].join('\t')).join('\n');
    },
    async putShelf(id: string, created: number, retired: boolean, name: string): Promise<void> {
      const entry: ShelfEntry = { id, created, retired, name };
      remembered.set(id, entry);
      await changeShelf((identities) => identities.put(entry));
    },
    async deleteShelf(id: string): Promise<void> {
      close(id);
      locks.get(id)?.();
      locks.delete(id);
      remembered.delete(id);
      await changeShelf((identities) => identities.delete(id));
      if (shelf === null) return;
      await settled(indexedDB.deleteDatabase(storePrefix + id));
      await removeFolder(storePrefix + id);
    },
    async lock(id: string): Promise<boolean> {
      const taken = await new Promise<boolean>((resolve, reject) => {
        navigator.locks
          .request(storePrefix + id, { ifAvailable: true }, (lock) => {
            resolve(lock !== null);
            return lock === null ? undefined : new Promise<void>((release) => locks.set(id, release));
          })
          .catch(reject);
      });
      // what can't be tidied now is at another opening
      if (taken) await filesOf(id).then((files) => files.tidy()).catch(() => undefined);
      return taken;
    },
    unlock(id: string): Promise<void> {
      close(id);
      locks.get(id)?.();
      locks.delete(id);
      return Promise.resolve();
    },
    async list(id: string): Promise<string> {
      return (await filesOf(id)).list().join('\n');
    },
    async read(id: string, name: string): Promise<{ bytes: Uint8Array } | null> {
      const bytes = await (await filesOf(id)).read(name);
      return bytes === null ? null : { bytes };
    },
    stage(view: { slice(): Uint8Array }): void {
      staged = view.slice();
    },
    async write(id: string, name: string, offset: number): Promise<void> {
      const bytes = staged;
      await (await filesOf(id)).write(name, offset, bytes);
    },
    async truncate(id: string, name: string, length: number): Promise<void> {
      await (await filesOf(id)).truncate(name, length);
    },
    async flush(id: string, name: string): Promise<void> {
      await (await filesOf(id)).flush(name);
    },
    async replace(id: string, name: string): Promise<void> {
      const bytes = staged;
      await (await filesOf(id)).replace(name, bytes);
    },
    async remove(id: string, name: string): Promise<void> {
      await (await filesOf(id)).remove(name);
    },
  };
}
