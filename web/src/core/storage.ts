// The core's storage: each identity's store is a database of small files, kept in pieces. One transaction a flush, with strict durability.
// What a write has not flushed yet is only in memory, so a crash keeps the last flush whole.

import { inOrder, listShelf, openDatabase, openShelf, settled, type ShelfEntry } from './shelf';

const pieceSize = 16 * 1024;
const storePrefix = 'secrets-store-';

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('storage'));
  });
}

/** A file's changes that are not durable yet. */
interface Changes {
  length: number;
  pieces: Map<number, Uint8Array>;
  /** pieces from this one on are gone in the database */
  cutFrom: number;
}

/** The files of one store. One call at a time, as the store promises. */
class StoreFiles {
  private readonly lengths = new Map<string, number>();
  private readonly changes = new Map<string, Changes>();

  private constructor(private readonly database: IDBDatabase) {}

  static async open(id: string): Promise<StoreFiles> {
    const database = await openDatabase(storePrefix + id, (created) => {
      created.createObjectStore('files');
      created.createObjectStore('pieces');
    });
    // another tab deletes the identity: let it
    database.onversionchange = () => database.close();
    const files = new StoreFiles(database);
    const store = database.transaction('files').objectStore('files');
    const [names, lengths] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
    names.forEach((name, i) => files.lengths.set(name as string, lengths[i] as number));
    return files;
  }

  close(): void {
    this.database.close();
  }

  list(): string[] {
    return [...new Set([...this.lengths.keys(), ...this.changes.keys()])].sort();
  }

  async read(name: string): Promise<Uint8Array | null> {
    const changes = this.changes.get(name);
    const length = changes?.length ?? this.lengths.get(name);
    if (length === undefined) return null;
    const bytes = new Uint8Array(length);
    const kept = this.database.transaction('pieces').objectStore('pieces');
    const range = IDBKeyRange.bound([name, 0], [name, Infinity]);
    const [keys, pieces] = await Promise.all([settled(kept.getAllKeys(range)), settled(kept.getAll(range))]);
    const put = (index: number, piece: Uint8Array) => {
      const at = index * pieceSize;
      if (at < length) bytes.set(piece.subarray(0, length - at), at);
    };
    keys.forEach((key, i) => {
      const index = (key as [string, number])[1];
      if (changes === undefined || index < changes.cutFrom) put(index, pieces[i] as Uint8Array);
    });
    changes?.pieces.forEach((piece, index) => put(index, piece));
    return bytes;
  }

  async write(name: string, offset: number, bytes: Uint8Array): Promise<void> {
    const changes = this.changing(name);
    for (let done = 0; done < bytes.length; ) {
      const index = Math.floor((offset + done) / pieceSize);
      const within = offset + done - index * pieceSize;
      const count = Math.min(pieceSize - within, bytes.length - done);
      const old = count === pieceSize ? new Uint8Array(0) : await this.piece(name, changes, index);
      const piece = new Uint8Array(Math.max(old.length, within + count));
      piece.set(old);
      piece.set(bytes.subarray(done, done + count), within);
      changes.pieces.set(index, piece);
      done += count;
    }
    changes.length = Math.max(changes.length, offset + bytes.length);
  }

  async truncate(name: string, length: number): Promise<void> {
    const changes = this.changing(name);
    if (length >= changes.length) return;
    const whole = Math.floor(length / pieceSize);
    const rest = length - whole * pieceSize;
    const last = rest > 0 ? (await this.piece(name, changes, whole)).slice(0, rest) : null;
    for (const index of [...changes.pieces.keys()]) if (index >= whole) changes.pieces.delete(index);
    changes.cutFrom = Math.min(changes.cutFrom, whole);
    if (last !== null) changes.pieces.set(whole, last);
    changes.length = length;
  }

  async flush(name: string): Promise<void> {
    const changes = this.changes.get(name);
    if (changes === undefined) return;
    await this.store((files, pieces) => {
      if (changes.cutFrom !== Infinity) pieces.delete(IDBKeyRange.bound([name, changes.cutFrom], [name, Infinity]));
      changes.pieces.forEach((piece, index) => pieces.put(piece, [name, index]));
      files.put(changes.length, name);
    });
    this.lengths.set(name, changes.length);
    this.changes.delete(name);
    this.keepTail(name, changes);
  }

  async replace(name: string, bytes: Uint8Array): Promise<void> {
    await this.store((files, pieces) => {
      pieces.delete(IDBKeyRange.bound([name, 0], [name, Infinity]));
      for (let at = 0; at < bytes.length; at += pieceSize) pieces.put(bytes.slice(at, at + pieceSize), [name, at / pieceSize]);
      files.put(bytes.length, name);
    });
    this.changes.delete(name);
    this.tails.delete(name);
    this.lengths.set(name, bytes.length);
  }

  async remove(name: string): Promise<void> {
    await this.store((files, pieces) => {
      pieces.delete(IDBKeyRange.bound([name, 0], [name, Infinity]));
      files.delete(name);
    });
    this.changes.delete(name);
    this.tails.delete(name);
    this.lengths.delete(name);
  }

  // The piece that a log grows in, so that an append need not ask the database for it.
  private readonly tails = new Map<string, { index: number; piece: Uint8Array }>();

  private keepTail(name: string, changes: Changes): void {
    const index = Math.floor(Math.max(changes.length - 1, 0) / pieceSize);
    const piece = changes.pieces.get(index);
    if (piece !== undefined) this.tails.set(name, { index, piece });
    else if (changes.cutFrom <= index || this.tails.get(name)?.index !== index) this.tails.delete(name);
  }

  private changing(name: string): Changes {
    let changes = this.changes.get(name);
    if (changes === undefined) {
      changes = { length: this.lengths.get(name) ?? 0, pieces: new Map(), cutFrom: Infinity };
      this.changes.set(name, changes);
    }
    return changes;
  }

  private async piece(name: string, changes: Changes, index: number): Promise<Uint8Array> {
    const changed = changes.pieces.get(index);
    if (changed !== undefined) return changed;
    if (index >= changes.cutFrom || index * pieceSize >= changes.length) return new Uint8Array(0);
    const tail = this.tails.get(name);
    if (tail?.index === index) return tail.piece;
    const kept: unknown = await settled(this.database.transaction('pieces').objectStore('pieces').get([name, index]));
    return kept instanceof Uint8Array ? kept : new Uint8Array(0);
  }

  private store(change: (files: IDBObjectStore, pieces: IDBObjectStore) => void): Promise<void> {
    const transaction = this.database.transaction(['files', 'pieces'], 'readwrite', { durability: 'strict' });
    change(transaction.objectStore('files'), transaction.objectStore('pieces'));
    return finished(transaction);
  }
}

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
      files = await StoreFiles.open(id);
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
      if (shelf !== null) await settled(indexedDB.deleteDatabase(storePrefix + id));
    },
    lock(id: string): Promise<boolean> {
      return new Promise((resolve, reject) => {
        navigator.locks
          .request(storePrefix + id, { ifAvailable: true }, (lock) => {
            resolve(lock !== null);
            return lock === null ? undefined : new Promise<void>((release) => locks.set(id, release));
          })
          .catch(reject);
      });
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
