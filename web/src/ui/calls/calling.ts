// The call of a chat: what the core says of it, and the connection that does what the core wants.
import { computed, effect, signal } from '@preact/signals';
import type { CallMedia, CallView, ClientEvent, TurnView } from '../../core/api';
import { call, refusalOf, toast, toastRefusal } from '../actions/core';
import { ring } from '../actions/notify';
import type { LocalMedia } from './local';
import { drop, make, mine, put, queue, remove, switches, tell, work, type Mine, type Place, type Switches } from './media';
import { leaveRoomCall } from './room-calling';
import { startRinging, stopRinging } from './ringing';
import { chatWire, isAlarming } from './wire';

/** A look at oneself before a call is begun, or taken. */
export interface Before {
  place: Place;
  media: CallMedia;
  /** True if it rings and is to be taken. */
  answer: boolean;
}

/** The one other party of a chat's call. */
export const other = '';

/** How often the core told of a change: an answer that was asked for before one is older, and is passed over. */
let changes = 0;

/** The call as the core has it; null: none. */
export const present = signal<CallView | null>(null);
export const before = signal<Before | null>(null);
/** A call that is on in this page, or about to be. */
export const busy = computed(() => present.value !== null || before.value !== null || mine.value !== null);

// what is switched on and off here is told when the connection stands, and after each change
const told = computed(() => (mine.value?.place.kind === 'chat' && present.value?.phase === 'connected' ? JSON.stringify(switches(mine.value)) : null));
effect(() => {
  const now = told.value;
  if (now !== null) tell(() => call('calls.switch', JSON.parse(now) as Switches));
});

/** The servers through which calls of chats can go; none: the other side will see the network address. */
export async function servers(): Promise<readonly TurnView[]> {
  try {
    return await call('calls.turn', {});
  } catch {
    return [];
  }
}

/** Asks the core for a call that began before this page was there. */
export async function findCall(): Promise<void> {
  const known = changes;
  const [found] = await call('calls.list', {}).catch(() => []);
  if (changes === known) take(found ?? null);
}

/** The identity was closed: nobody is in a call any more. */
export function forgetCall(): void {
  if (before.peek()?.place.kind === 'chat') before.value = null;
  take(null);
}

/** Begins the call that was prepared, or takes the one that rings. */
export async function join({ place, media, answer }: Before, local: LocalMedia, turn: readonly TurnView[], straight: boolean): Promise<void> {
  if (mine.peek()?.place.kind === 'room') await leaveRoomCall();
  const has: Mine = { place, local, turn, straight: () => straight, connections: new Map() };
  const connection = await make(has, other, chatWire);
  mine.value = has;
  put(other, connection);
  const known = changes;
  try {
    if (answer) await call('calls.accept', { straight, fingerprint: connection.fingerprint });
    else {
      const started = await call('calls.start', { chat: place.id, media, straight, fingerprint: connection.fingerprint });
      if (changes === known) take(started);
    }
    before.value = null;
  } catch (failure) {
    // the dialog stays, and keeps what it has opened
    mine.value = null;
    connection.close();
    throw failure;
  }
}

export async function hangUp(): Promise<void> {
  before.value = null;
  stopRinging();
  try {
    await call('calls.end', {});
  } catch (failure) {
    if (refusalOf(failure) !== 'not_in_call') toastRefusal(failure);
  } finally {
    dropChat();
  }
}

/** Takes in what the core tells of calls. */
export function onCall(happened: ClientEvent): void {
  if (happened.kind === 'call_changed' && happened.call !== null) {
    changes++;
    take(happened.call);
  }
  if (happened.kind !== 'call_step' || happened.call_step === null || mine.peek()?.place.kind !== 'chat') return;
  const step = happened.call_step;
  if (step.step === 'close') queue(async () => remove(other));
  else queue(() => work(other, chatWire, step));
}

function take(now: CallView | null): void {
  if (now === null || now.phase === 'ended') {
    if (isAlarming(now?.reason ?? null)) toast('error-wrong-certificate', { passing: false });
    present.value = null;
    // one that is prepared for somebody else stays
    if (before.peek()?.answer === true) before.value = null;
    stopRinging();
    dropChat();
    return;
  }
  const known = present.peek();
  const has = mine.peek()?.place.kind === 'chat';
  present.value = now;
  if (now.phase === 'ringing' && known?.id !== now.id) {
    const asked = before.peek();
    if (now.wanted && has) queue(takeCrossed);
    // about to call the one who calls: what was prepared is the answer
    else if (asked?.place.kind === 'chat' && asked.place.id === now.chat) before.value = { ...asked, answer: true };
    else {
      startRinging();
      ring();
    }
  }
  if (now.phase !== 'ringing') stopRinging();
  // it was taken in another tab
  if (now.phase !== 'ringing' && !has && before.peek()?.answer === true) before.value = null;
}

/** Both called at once: the one that stands is taken with what was prepared for the other. */
async function takeCrossed(): Promise<void> {
  const had = mine.peek();
  if (had === null) return;
  const connection = await make(had, other, chatWire);
  put(other, connection);
  await call('calls.accept', { straight: had.straight(other), fingerprint: connection.fingerprint });
}

function dropChat(): void {
  if (mine.peek()?.place.kind === 'chat') drop();
}
