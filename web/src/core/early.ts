// What the first screen needs, before the core has been loaded: a password can be typed meanwhile, and calls wait for the core.
import type { HostView } from './api';
import { version } from './boot.json';
import { lockName } from './messages';
import { listShelf, openShelf } from './shelf';

/** Who is here, as the core will say. Null where only the core can tell: nothing can be kept, or another tab has the core, and maybe an identity open. */
export async function readEarly(): Promise<HostView | null> {
  try {
    const { held } = await navigator.locks.query();
    if (held?.some(({ name }) => name === lockName) ?? true) return null;
    const shelf = await openShelf();
    try {
      const identities = (await listShelf(shelf)).map(({ id, name, created, retired }) => ({ id, name, created: new Date(created).toISOString(), retired }));
      return { version, storage: 'kept', identities, open: null };
    } finally {
      shelf.close();
    }
  } catch {
    return null;
  }
}
