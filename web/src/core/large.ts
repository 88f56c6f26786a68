// Files of the browser's own file system, for what is large: a folder a store. Each is written once, whole, under a random name.
// Where the browser has no such files, or refuses them (Firefox in a private window), there are none, and the database has everything.

/** What only workers have, and the page's types don't know. */
interface WritableFile {
  createSyncAccessHandle(): Promise<{ write(bytes: Uint8Array): number; flush(): void; close(): void }>;
}

interface Listed {
  keys(): AsyncIterable<string>;
}

const isMissing = (failure: unknown) => failure instanceof DOMException && failure.name === 'NotFoundError';

/** Removes a store's folder with all that is in it. */
export async function removeFolder(folder: string): Promise<void> {
  let root;
  try {
    root = await navigator.storage.getDirectory();
  } catch {
    // refused: so nothing was ever written
    return;
  }
  await root.removeEntry(folder, { recursive: true }).catch((failure: unknown) => {
    if (!isMissing(failure)) throw failure;
  });
}

/** The large files of one store. */
export class LargeFiles {
  constructor(private readonly folder: string) {}

  /** Writes a file and flushes it; null where that can't be. */
  async write(bytes: Uint8Array): Promise<string | null> {
    const name = crypto.randomUUID();
    try {
      const file = await (await this.open(true)).getFileHandle(name, { create: true });
      const handle = await (file as unknown as WritableFile).createSyncAccessHandle();
      try {
        if (handle.write(bytes) !== bytes.length) throw new Error('storage');
        handle.flush();
      } finally {
        handle.close();
      }
      return name;
    } catch {
      await this.remove([name]).catch(() => undefined);
      return null;
    }
  }

  /** The content; null if the file is missing. */
  async read(name: string): Promise<Uint8Array | null> {
    try {
      const file = await (await this.open(false)).getFileHandle(name);
      return new Uint8Array(await (await file.getFile()).arrayBuffer());
    } catch (failure) {
      if (isMissing(failure)) return null;
      throw failure;
    }
  }

  /** Removes files; none of them need be there. */
  async remove(names: string[]): Promise<void> {
    for (const name of names) {
      try {
        await (await this.open(false)).removeEntry(name);
      } catch (failure) {
        if (!isMissing(failure)) throw failure;
      }
    }
  }

  /** The names of all files. */
  async list(): Promise<string[]> {
    const names: string[] = [];
    try {
      for await (const name of ((await this.open(false)) as unknown as Listed).keys()) names.push(name);
    } catch (failure) {
      if (!isMissing(failure)) throw failure;
    }
    return names;
  }

  private async open(create: boolean): Promise<FileSystemDirectoryHandle> {
    return (await navigator.storage.getDirectory()).getDirectoryHandle(this.folder, { create });
  }
}
