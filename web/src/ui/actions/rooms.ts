// Rooms belong to the tab that they were opened in: it has a core of its own for them (core/connect.ts), other tabs see nothing of them, and
// closing the tab forgets them. This is what the page always has of them; their screens are loaded when they are needed.
import { signal } from '@preact/signals';
import type { RoomEvent, RoomView } from '../../core/api';
import { go, goInstead } from '../state/places';
import { roomOf } from '../state/rooms';
import { dispatch, state } from '../state/store';
import type { Refusal } from '../state/types';
import { call, callWithBytes, errorId, refusalOf, toast } from './core';
import { holdPlaces, takePlaces, type HeldRoom } from './holding';
import { hear, read } from './reading';

const together = 250;
const typingLasts = 8_000;

/** What each room's session comes back with, as it was last, and the position of the last line that is older: what came later is told again. */
const states = new Map<string, { bytes: Uint8Array; upTo: number }>();
const due = new Map<string, ReturnType<typeof setTimeout>>();

/** Places that are on their way back: a page that is loaded again meanwhile hands them over once more. */
const returning = new Set<HeldRoom>();

const typing = new Map<string, ReturnType<typeof setTimeout>>();

/** A file on its way into a room, or one that did not get there. */
export interface Sending {
  key: string;
  room: string;
  file: File;
  /** How many bytes of it are there. */
  sent: number;
  refusal: Refusal | null;
}

export const sendings = signal<readonly Sending[]>([]);

/** Pictures that were fetched, by message. */
export const pictures = new Map<string, Blob>();

/** True for what stands behind the # of a room's link. */
export function isRoomLink(link: string): boolean {
  return /^room\d/i.test(link.trim());
}

/** To the form for a room's code, which is filled in already. */
export function openRoomLink(link: string): void {
  dispatch({ kind: 'room-link', link: link.trim() });
  go({ kind: 'enter-room' });
}

export function hearRoom(happened: RoomEvent): void {
  if (happened.kind === 'file_progress') {
    sendings.value = sendings.peek().map((s) => (s.key === happened.upload ? { ...s, sent: happened.sent } : s));
    return;
  }
  hear({ kind: 'room-event', happened });
  if (happened.kind === 'typing' && happened.session !== null) {
    const key = happened.id + happened.session;
    clearTimeout(typing.get(key));
    // who is cut off while typing does not type for ever
    if (happened.on) typing.set(key, setTimeout(() => dispatch({ kind: 'room-event', happened: { ...happened, on: false } }), typingLasts));
  }
  if (happened.kind === 'state_changed') keepSoon(happened.id);
}

/** Takes a room that was entered into the page. */
export async function takeIn(view: RoomView, draft = ''): Promise<void> {
  const room = view.id;
  // also what it is now: until here nobody heard of what happened in it
  await read(
    () => Promise.all([call('rooms.show', { room }), call('rooms.messages', { room })]),
    ([now, lines]) => dispatch({ kind: 'room-in', view: now, lines, draft }),
  );
  await keep(room);
}

/** Forgets a room, with all that was said in it. */
export function forgetRoom(id: string): void {
  for (const line of roomOf(state.peek(), id)?.lines ?? []) pictures.delete(line.id);
  states.get(id)?.bytes.fill(0);
  states.delete(id);
  clearTimeout(due.get(id));
  due.delete(id);
  dispatch({ kind: 'room-out', room: id });
}

/** Has what the session comes back with fetched at once: something was said that a reload must not lose. */
export async function keep(room: string): Promise<void> {
  clearTimeout(due.get(room));
  due.delete(room);
  try {
    const { bytes } = await callWithBytes('rooms.keep', { room });
    const here = roomOf(state.peek(), room);
    states.get(room)?.bytes.fill(0);
    if (bytes !== null && here !== null) states.set(room, { bytes, upTo: here.lines.at(-1)?.position ?? 0 });
  } catch {
    // it has ended: there is nothing to come back to
    states.delete(room);
  }
}

function keepSoon(room: string): void {
  if (!due.has(room)) due.set(room, setTimeout(() => void keep(room), together));
}

/** After a reload: goes on where the tab was. */
export async function comeBack(): Promise<void> {
  addEventListener('pagehide', handOver);
  // a page that was only put aside goes on itself
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void takePlaces();
  });
  const held = await takePlaces();
  if (held === null) toast('room-not-held', { passing: false });
  if (held === null || held.length === 0) return;
  for (const room of held) returning.add(room);
  go({ kind: 'coming-back' });
  // all at once: the others in each room wait for a minute, and a relay may take its time
  const ids = await Promise.all(held.map(resume));
  const shown = ids[held.findIndex((room) => room.shown)] ?? ids.find((id) => id !== null) ?? null;
  if (state.peek().place.kind !== 'coming-back') return;
  goInstead(shown !== null ? { kind: 'room', room: shown } : state.peek().host?.open == null ? { kind: 'home' } : { kind: 'chats' });
}

async function resume(place: HeldRoom): Promise<string | null> {
  const { state: before, lines, draft, pictures: fetched } = place;
  try {
    const view = (await callWithBytes('rooms.resume', { messages: [...lines] }, before)).result;
    for (const [message, picture] of fetched) pictures.set(message, picture);
    await takeIn(view, draft);
    return view.id;
  } catch (failure) {
    toast(errorId(refusalOf(failure)), { passing: false });
    return null;
  } finally {
    returning.delete(place);
  }
}

function handOver(): void {
  const { rooms, place } = state.peek();
  const held: HeldRoom[] = [...returning];
  for (const { view, lines, draft } of rooms) {
    const kept = states.get(view.id);
    if (kept === undefined || view.stage === 'ended') continue;
    const fetched = new Map(lines.flatMap(({ id }) => (pictures.has(id) ? [[id, pictures.get(id) as Blob] as const] : [])));
    const seen = lines.filter((line) => line.notice === 'none' || line.position <= kept.upTo);
    held.push({ state: kept.bytes, lines: seen, draft, pictures: fetched, shown: 'room' in place && place.room === view.id });
  }
  if (held.length > 0) holdPlaces(held);
}
