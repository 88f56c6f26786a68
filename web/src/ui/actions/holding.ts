// A reload keeps this tab's places in its rooms, closing the tab forgets them. What is needed goes through the memory of the service worker, under
// a random id that the tab alone knows: the id is written when the page goes, and taken away when it comes, so a tab that is duplicated has none.
import type { RoomMessageView } from '../../core/api';

/** A place in a room as a page hands it to itself. */
export interface HeldRoom {
  state: Uint8Array;
  lines: readonly RoomMessageView[];
  draft: string;
  /** Pictures that were fetched, by message: they are not fetched again, and the relay may have forgotten them. */
  pictures: ReadonlyMap<string, Blob>;
  /** True for the room that was on the screen. */
  shown: boolean;
}

const shelf = 'secrets-place';
const nobody = 'nobody';
const patience = 3_000;

/** True if a reload of this page keeps its places. */
export function canHold(): boolean {
  return holder() !== null;
}

/** Hands the places over; called while the page goes. */
export function holdPlaces(rooms: readonly HeldRoom[]): void {
  const worker = holder();
  const id = worker === null ? nobody : crypto.randomUUID();
  worker?.postMessage({ kind: 'hold', id, place: rooms });
  session()?.setItem(shelf, id);
}

/** What was handed over, once; null if it is lost, and empty if there was nothing. */
export async function takePlaces(): Promise<readonly HeldRoom[] | null> {
  const id = session()?.getItem(shelf) ?? null;
  if (id === null) return [];
  session()?.removeItem(shelf);
  const worker = holder();
  if (id === nobody || worker === null) return null;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener('message', ({ data }: MessageEvent<readonly HeldRoom[] | null>) => resolve(data));
    port1.start();
    worker.postMessage({ kind: 'take', id }, [port2]);
    setTimeout(() => resolve(null), patience);
  });
}

function holder(): ServiceWorker | null {
  return 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
}

/** Holds the random id over a reload, and nothing else. */
function session(): Storage | null {
  try {
    // oxlint-disable-next-line no-restricted-globals -- the one store that a tab has for itself
    return sessionStorage;
  } catch {
    // who lets pages keep nothing refuses it
    return null;
  }
}
