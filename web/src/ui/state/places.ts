import { effect } from '@preact/signals';
import { chatOf, isOfRooms, needsIdentity } from './reduce';
import { roomOf } from './rooms';
import { dispatch, state } from './store';
import type { Place } from './types';

// The history holds numbers alone; what they mean is in this page's memory. A list of places, and where in it we are.
const places: Place[] = [];
let at = 0;
// entries of this page before a reload mean nothing any more
const run = crypto.randomUUID();

interface Entry {
  run: string;
  at: number;
}

/** Begins to follow the back and forward buttons. */
export function followHistory(): void {
  places[0] = state.peek().place;
  history.replaceState({ run, at: 0 } satisfies Entry, '');
  addEventListener('popstate', ({ state: entry }: PopStateEvent) => {
    // a link was opened in this tab: an entry after this one, from which back leads here
    if (entry === null && location.hash.length > 1) {
      at++;
      places.length = at;
      places[at] = state.peek().place;
      history.replaceState({ run, at } satisfies Entry, '');
      return;
    }
    const known = isEntry(entry) && entry.run === run ? entry : null;
    at = known?.at ?? 0;
    show(known === null ? null : (places[known.at] ?? null));
  });
  // where the reducer moves the person (locked, chat gone), the entry they are at moves with them
  effect(() => {
    places[at] = state.value.place;
  });
}

/** Goes to a place; the back button leads back. */
export function go(place: Place): void {
  if (same(place, state.peek().place)) return;
  at++;
  places.length = at;
  places[at] = place;
  history.pushState({ run, at } satisfies Entry, '');
  dispatch({ kind: 'go', place });
}

/** Goes to a place instead of this one. */
export function goInstead(place: Place): void {
  dispatch({ kind: 'go', place });
}

/** The arrow of a screen: back if that is where the person came from, else up. */
export function goUp(up: Place): void {
  const before = places[at - 1];
  if (at > 0 && before !== undefined && same(before, up)) history.back();
  else goInstead(up);
}

function show(wanted: Place | null): void {
  const now = state.peek();
  const home: Place = now.host?.open != null ? { kind: 'chats' } : { kind: 'home' };
  let place = wanted ?? home;
  if (needsIdentity(place) !== needsIdentity(home) && !['install', 'about'].includes(place.kind) && !isOfRooms(place)) place = home;
  if (place.kind === 'coming-back' || ('room' in place && roomOf(now, place.room) === null)) place = home;
  if ('chat' in place && place.chat !== null && (chatOf(now, place.chat) === null || now.hidden.includes(place.chat))) place = { kind: 'chats' };
  dispatch({ kind: 'go', place });
}

function same(a: Place, b: Place): boolean {
  return a.kind === b.kind && ('chat' in a ? 'chat' in b && a.chat === b.chat : true) && ('room' in a ? 'room' in b && a.room === b.room : true) && ('id' in a ? 'id' in b && a.id === b.id : true);
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && 'run' in value && 'at' in value && typeof value.at === 'number';
}
