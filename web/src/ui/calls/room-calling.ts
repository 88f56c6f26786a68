// The call of a room: one connection to everybody else in it, as the core wants them.
import { computed, effect, signal } from '@preact/signals';
import type { CallMedia, CallStepView, RoomEvent, TurnView } from '../../core/api';
import { call, refusalOf, toast, toastRefusal } from '../actions/core';
import { roomOf } from '../state/rooms';
import { state } from '../state/store';
import { neutralName } from '../text/neutralise';
import type { LocalMedia } from './local';
import { drop, make, mine, put, queue, remove, switches, tell, work, type Switches } from './media';
import { isAlarming, roomWire } from './wire';

/** The core has this page in the call of its room. */
const joined = signal(false);
/** Somebody said that as many as may be are in the call. */
let full = false;

// what is switched on and off here; the core tells it to everybody, also those who come later
const told = computed(() => (mine.value?.place.kind === 'room' && joined.value ? JSON.stringify({ room: mine.value.place.id, ...switches(mine.value) }) : null));
effect(() => {
  const now = told.value;
  if (now !== null) tell(() => call('rooms.call_switch', JSON.parse(now) as Switches & { room: string }));
});

/** The servers through which calls of a room can go; none: the others will see the network address. Fails while the relay isn't reached. */
export function roomServers(room: string): Promise<readonly TurnView[]> {
  return call('rooms.call_turn', { room });
}

/** Begins a call in a room, or goes into the one that there is. */
export async function joinRoomCall(room: string, media: CallMedia, local: LocalMedia, turn: readonly TurnView[], straight: ReadonlySet<string>): Promise<void> {
  // without a server there is no other way; the dialog has said so
  mine.value = { place: { kind: 'room', id: room }, local, turn, straight: (party) => turn.length === 0 || straight.has(party), connections: new Map() };
  full = false;
  try {
    await call('rooms.call_join', { room, media });
    joined.value = true;
    // it may have ended before the answer was here
    if ((roomOf(state.peek(), room)?.view.stage ?? 'ended') === 'ended') end();
  } catch (failure) {
    // the dialog stays, and keeps what it has opened
    mine.value = null;
    throw failure;
  }
}

export async function leaveRoomCall(): Promise<void> {
  const has = mine.peek();
  if (has?.place.kind !== 'room') return;
  try {
    await call('rooms.call_leave', { room: has.place.id });
  } catch (failure) {
    if (refusalOf(failure) !== 'not_in_call' && refusalOf(failure) !== 'unknown_room' && refusalOf(failure) !== 'room_ended') toastRefusal(failure);
  } finally {
    end();
  }
}

/** Takes in what the core tells of rooms. */
export function onRoomCall(happened: RoomEvent): void {
  const has = mine.peek();
  if (has?.place.kind !== 'room' || has.place.id !== happened.id) return;
  const { call_step: step, session } = happened;
  if (step?.step === 'close' && step.reason === 'full') full = true;
  // the room has ended, the call was left, or somebody else was faster
  if (happened.kind === 'room_changed' && joined.peek() && happened.room?.call?.joined !== true) {
    if (full) toast('error-call-is-full', { passing: false });
    end();
  }
  if (happened.kind === 'call_step' && step !== null && session !== null) queue(() => workFor(happened.id, session, step));
}

async function workFor(room: string, session: string, step: CallStepView): Promise<void> {
  if (step.step === 'prepare') return await prepare(room, session);
  if (step.step !== 'close') return await work(session, roomWire(room, session), step);
  remove(session);
  if (isAlarming(step.reason)) toast('error-wrong-certificate-of', { passing: false, args: { who: nameOf(room, session) } });
}

/** The connection counts if the core takes it: the other's question may have come meanwhile, and been answered with the one before. */
async function prepare(room: string, session: string): Promise<void> {
  const has = mine.peek();
  if (has === null) return;
  const connection = await make(has, session, roomWire(room, session));
  const isTaken = await call('rooms.call_leg', { room, session, straight: has.straight(session), fingerprint: connection.fingerprint }).catch(() => false);
  if (isTaken) put(session, connection);
  else connection.close();
}

function nameOf(room: string, session: string): string {
  const view = roomOf(state.peek(), room)?.view;
  return neutralName(view?.call?.parties.find((party) => party.session === session)?.name ?? view?.members.find((member) => member.session === session)?.name ?? '');
}

function end(): void {
  joined.value = false;
  drop();
}
