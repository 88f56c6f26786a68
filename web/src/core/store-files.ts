// One store's small set of named files, kept in pieces in a database of its own. One transaction a flush, with strict durability.
// What a write has not flushed yet is only in memory, so a crash keeps the last flush whole.
//
// A run of whole pieces that is large is written to a file as well, before the transaction that names it. A browser makes a file's bytes
// durable when it is told to, but not that the file exists: so the pieces stay in the database until the file is surely there. Then they go.

import { LargeFiles } from './large';
import { openDatabase, settled } from './shelf';

const pieceSize = 16 * 1024;
/** From how many whole pieces on a run is large. */
const largeCount = 4;
/** When a file is surely on the disk, in milliseconds: systems write everything within a minute. */
const surelyKept = 10 * 60_000;

export function finished(transaction: IDBTransaction): Promise<void> {
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

/** A run of a file's whole pieces, in a large file of its own. */
interface Run {
  file: string;
  name: string;
  first: number;
  length: number;
  written: number;
  /** the database has these pieces no more */
  alone: boolean;
}

const endOf = (run: Run) => run.first + run.length / pieceSize;
const all = (name: string, from = 0, end = Infinity) => IDBKeyRange.bound([name, from], [name, end], false, end !== Infinity);

/** The whole pieces, by the first of each that follow each other. */
function wholeRuns(pieces: Map<number, Uint8Array>): Map<number, Uint8Array[]> {
  const runs = new Map<number, Uint8Array[]>();
  let first = 0;
  let run: Uint8Array[] = [];
  for (const [index, piece] of [...pieces].filter(([, one]) => one.length === pieceSize).sort(([a], [b]) => a - b)) {
    if (index !== first + run.length || run.length === 0) {
      run = [];
      runs.set((first = index), run);
    }
    run.push(piece);
  }
  return runs;
}

/** The files of one store. One call at a time, as the store promises. */
export class StoreFiles {
  private readonly lengths = new Map<string, number>();
  private readonly changes = new Map<string, Changes>();
  private readonly runs = new Map<string, Run[]>();
  /** The piece that a log grows in, so that an append need not ask the database for it. */
  private readonly tails = new Map<string, { index: number; piece: Uint8Array }>();

  private constructor(
    private readonly database: IDBDatabase,
    private readonly large: LargeFiles,
  ) {}

  static async open(place: string): Promise<StoreFiles> {
    const database = await openDatabase(place, 2, (older) => {
      for (const kind of ['files', 'pieces', 'runs']) if (!older.objectStoreNames.contains(kind)) older.createObjectStore(kind);
    });
    // another tab deletes the identity: let it
    database.onversionchange = () => database.close();
    const opened = new StoreFiles(database, new LargeFiles(place));
    const transaction = database.transaction(['files', 'runs']);
    const files = transaction.objectStore('files');
    const [names, lengths, runs] = await Promise.all([settled(files.getAllKeys()), settled(files.getAll()), settled(transaction.objectStore('runs').getAll())]);
    names.forEach((name, i) => opened.lengths.set(name as string, lengths[i] as number));
    for (const run of runs as Run[]) opened.runs.set(run.name, [...opened.runsOf(run.name), run]);
    return opened;
  }

  close(): void {
    this.database.close();
  }

  /** Removes files that a crash left without a name, and takes from the database what is surely in files. */
  async tidy(): Promise<void> {
    const runs = [...this.runs.values()].flat();
    const named = new Set(runs.map((run) => run.file));
    await this.large.remove((await this.large.list()).filter((file) => !named.has(file)));
    for (const run of runs) if (!run.alone && Date.now() - run.written >= surelyKept) await this.settle(run);
  }

  list(): string[] {
    return [...new Set([...this.lengths.keys(), ...this.changes.keys()])].sort();
  }

  async read(name: string): Promise<Uint8Array | null> {
    const changes = this.changes.get(name);
    const length = changes?.length ?? this.lengths.get(name);
    if (length === undefined) return null;
    const bytes = new Uint8Array(length);
    const put = (index: number, piece: Uint8Array) => {
      const at = index * pieceSize;
      if (at < length) bytes.set(piece.subarray(0, length - at), at);
    };
    const putKept = (index: number, piece: Uint8Array) => {
      if (changes === undefined || index < changes.cutFrom) put(index, piece);
    };
    const kept = this.database.transaction('pieces').objectStore('pieces');
    const [keys, pieces] = await Promise.all([settled(kept.getAllKeys(all(name))), settled(kept.getAll(all(name)))]);
    keys.forEach((key, i) => putKept((key as [string, number])[1], pieces[i] as Uint8Array));
    for (const run of this.runsOf(name)) if (run.alone) (await this.piecesOf(run)).forEach((piece, i) => putKept(run.first + i, piece));
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
    await this.keep(name, changes);
    this.changes.delete(name);
    this.keepTail(name, changes);
  }

  async replace(name: string, bytes: Uint8Array): Promise<void> {
    const changes: Changes = { length: bytes.length, pieces: new Map(), cutFrom: 0 };
    for (let at = 0; at < bytes.length; at += pieceSize) changes.pieces.set(at / pieceSize, bytes.slice(at, at + pieceSize));
    await this.keep(name, changes);
    this.changes.delete(name);
    this.tails.delete(name);
  }

  async remove(name: string): Promise<void> {
    const gone = this.runsOf(name).map((run) => run.file);
    await this.store((files, pieces, runs) => {
      pieces.delete(all(name));
      files.delete(name);
      for (const file of gone) runs.delete(file);
    });
    this.changes.delete(name);
    this.tails.delete(name);
    this.lengths.delete(name);
    this.runs.delete(name);
    // a file that can't be removed is told: something was to be erased
    await this.large.remove(gone);
  }

  /** Makes changes durable: large files first, then the transaction that names them, then what it names no more goes. */
  private async keep(name: string, changes: Changes): Promise<void> {
    const old = this.runsOf(name);
    const isGone = (run: Run) => endOf(run) > changes.cutFrom || [...changes.pieces.keys()].some((index) => index >= run.first && index < endOf(run));
    const gone = old.filter(isGone);
    for (const run of gone) if (run.alone) await this.takeBack(run, changes);
    const fresh = await this.writeRuns(name, changes);
    try {
      await this.store((files, pieces, runs) => {
        if (changes.cutFrom !== Infinity) pieces.delete(all(name, changes.cutFrom));
        changes.pieces.forEach((piece, index) => pieces.put(piece, [name, index]));
        files.put(changes.length, name);
        for (const run of gone) runs.delete(run.file);
        for (const run of fresh) runs.put(run, run.file);
      });
    } catch (failure) {
      await this.removeLater(fresh);
      throw failure;
    }
    this.lengths.set(name, changes.length);
    this.runs.set(name, [...old.filter((run) => !gone.includes(run)), ...fresh]);
    await this.removeLater(gone);
  }

  /** What stays of a run that is changed is kept in pieces again. */
  private async takeBack(run: Run, changes: Changes): Promise<void> {
    if (run.first >= changes.cutFrom) return;
    (await this.piecesOf(run)).forEach((piece, i) => {
      const index = run.first + i;
      if (index < changes.cutFrom && !changes.pieces.has(index)) changes.pieces.set(index, piece);
    });
  }

  private async writeRuns(name: string, changes: Changes): Promise<Run[]> {
    const written: Run[] = [];
    for (const [first, pieces] of wholeRuns(changes.pieces)) {
      if (pieces.length < largeCount) continue;
      const bytes = new Uint8Array(pieces.length * pieceSize);
      pieces.forEach((piece, i) => bytes.set(piece, i * pieceSize));
      const file = await this.large.write(bytes);
      if (file !== null) written.push({ file, name, first, length: bytes.length, written: Date.now(), alone: false });
    }
    return written;
  }

  /** The pieces of a run's file. A file that is missing or too short gives fewer: the store finds zeros there, and that they are damage. */
  private async piecesOf(run: Run): Promise<Uint8Array[]> {
    const bytes = (await this.large.read(run.file)) ?? new Uint8Array(0);
    return Array.from({ length: Math.floor(Math.min(bytes.length, run.length) / pieceSize) }, (_, i) => bytes.subarray(i * pieceSize, (i + 1) * pieceSize));
  }

  /** Leaves a run to its file alone if that has what the database has; else the database keeps it, and the file goes. */
  private async settle(run: Run): Promise<void> {
    const range = all(run.name, run.first, endOf(run));
    const kept = (await settled(this.database.transaction('pieces').objectStore('pieces').getAll(range))) as Uint8Array[];
    const found = await this.piecesOf(run);
    const isWhole = found.length === run.length / pieceSize && kept.length === found.length && kept.every((piece, i) => piece.every((byte, at) => byte === found[i]?.[at]));
    await this.store((_, pieces, runs) => {
      if (!isWhole) {
        runs.delete(run.file);
        return;
      }
      pieces.delete(range);
      runs.put({ ...run, alone: true }, run.file);
    });
    run.alone = isWhole;
    if (isWhole) return;
    this.runs.set(run.name, this.runsOf(run.name).filter((other) => other !== run));
    await this.removeLater([run]);
  }

  /** Files that no row names: if they can't be removed now, the next opening does it. */
  private removeLater(runs: Run[]): Promise<void> {
    return this.large.remove(runs.map((run) => run.file)).catch(() => undefined);
  }

  private runsOf(name: string): Run[] {
    return this.runs.get(name) ?? [];
  }

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
    const run = this.runsOf(name).find((one) => one.alone && index >= one.first && index < endOf(one));
    if (run !== undefined) return (await this.piecesOf(run))[index - run.first] ?? new Uint8Array(0);
    const kept: unknown = await settled(this.database.transaction('pieces').objectStore('pieces').get([name, index]));
    return kept instanceof Uint8Array ? kept : new Uint8Array(0);
  }

  private store(change: (files: IDBObjectStore, pieces: IDBObjectStore, runs: IDBObjectStore) => void): Promise<void> {
    const transaction = this.database.transaction(['files', 'pieces', 'runs'], 'readwrite', { durability: 'strict' });
    change(transaction.objectStore('files'), transaction.objectStore('pieces'), transaction.objectStore('runs'));
    return finished(transaction);
  }
}
