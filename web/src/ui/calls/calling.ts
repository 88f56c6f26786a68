// The call of this page: what the core says of it, and the connection that does what the core wants.
import { computed, effect, signal } from '@preact/signals';
import type { CallMedia, CallStepView, CallView, ClientEvent, TurnView } from '../../core/api';
import { call, refusalOf, toast, toastRefusal } from '../actions/core';
import { ring } from '../actions/notify';
import { Connection } from './connection';
import { LocalMedia, type Source } from './local';
import { startRinging, stopRinging } from './ringing';

/** A look at oneself before a call is begun, or taken. */
export interface Before {
  chat: string;
  media: CallMedia;
  /** True if it rings and is to be taken. */
  answer: boolean;
}

/** The call as the core has it; null: none. */
export const present = signal<CallView | null>(null);
export const before = signal<Before | null>(null);
/** What this page gives and gets; null in a tab that is not the one that has the call. */
export const mine = signal<{ local: LocalMedia; connection: Connection; straight: boolean } | null>(null);
/** The call is a bar, so that the chat can be read. */
export const small = signal(false);

export const possible = typeof RTCPeerConnection === 'function' && navigator.mediaDevices !== undefined;

// one thing after the other: descriptions must be taken in their order
let working: Promise<void> = Promise.resolve();

function queue(step: () => Promise<void>): void {
  working = working.then(step).catch(toastRefusal);
}

const stands = computed(() => present.value?.phase === 'connected');

// what is switched on and off here is told when the connection stands, and after each change
effect(() => {
  const local = mine.value?.local;
  if (local === undefined || !stands.value) return;
  const { camera, screen } = local.tracks.value;
  const off = !local.speaking.value;
  tell(() => call('calls.switch', { microphone_off: off, camera_on: camera !== undefined, screen_shown: screen !== undefined }));
});

/** The servers through which calls can go; none: the other side will see the network address. */
export async function servers(): Promise<readonly TurnView[]> {
  try {
    return await call('calls.turn', {});
  } catch {
    return [];
  }
}

/** Asks the core for a call that began before this page was there. */
export async function findCall(): Promise<void> {
  try {
    take((await call('calls.list', {}))[0] ?? null);
  } catch {
    present.value = null;
  }
}

/** Begins the call that was prepared, or takes the one that rings. */
export async function join({ chat, media, answer }: Before, local: LocalMedia, chosen: boolean): Promise<void> {
  const turn = await servers();
  // without a server there is no other way; the dialog has said so
  const straight = chosen || turn.length === 0;
  const connection = await connect(turn, straight, local);
  try {
    if (answer) await call('calls.accept', { straight, fingerprint: connection.fingerprint });
    else take(await call('calls.start', { chat, media, straight, fingerprint: connection.fingerprint }));
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
    drop();
  }
}

/** Switches microphone, camera or screen. */
export async function switchTo(source: Source, on: boolean): Promise<void> {
  const local = mine.peek()?.local;
  if (local === undefined) return;
  try {
    if (source === 'voice') local.speak(on);
    else if (!on) local.close(source);
    else if (source === 'camera') await local.openCamera();
    else await local.openScreen();
  } catch (failure) {
    // closing the browser's own question is no mistake
    if (source === 'screen' && failure instanceof DOMException && failure.name === 'NotAllowedError') return;
    toast(source === 'camera' ? 'error-camera-denied-call' : 'error-screen-denied');
  }
}

/** Takes in what the core tells of calls. */
export function onCall(happened: ClientEvent): void {
  if (happened.kind === 'call_changed' && happened.call !== null) take(happened.call);
  if (happened.kind === 'call_step' && happened.call_step !== null) {
    const step = happened.call_step;
    queue(() => work(step));
  }
}

function take(now: CallView | null): void {
  if (now === null || now.phase === 'ended') {
    if (now?.reason === 'wrong_certificate') toast('error-wrong-certificate', { passing: false });
    present.value = null;
    before.value = null;
    small.value = false;
    stopRinging();
    drop();
    return;
  }
  const known = present.peek();
  present.value = now;
  if (now.phase === 'ringing' && known?.id !== now.id) {
    if (now.wanted && mine.peek() !== null) queue(takeCrossed);
    else {
      startRinging();
      ring();
    }
  }
  if (now.phase !== 'ringing') stopRinging();
  // it was taken in another tab
  if (now.phase !== 'ringing' && mine.peek() === null && before.peek()?.answer === true) before.value = null;
}

/** Both called at once: the one that stands is taken with what was prepared for the other. */
async function takeCrossed(): Promise<void> {
  const had = mine.peek();
  if (had === null) return;
  had.connection.close();
  const connection = await connect(await servers(), had.straight, had.local);
  await call('calls.accept', { straight: had.straight, fingerprint: connection.fingerprint });
}

async function connect(turn: readonly TurnView[], straight: boolean, local: LocalMedia): Promise<Connection> {
  const connection = await Connection.make(turn, straight, local, {
    candidates: (candidates) => tell(() => call('calls.candidates', { candidates: [...candidates] })),
    connected: (fingerprint) => tell(() => call('calls.connected', { fingerprint })),
    lost: () => tell(() => call('calls.lost', {})),
    wrong: () => tell(() => call('calls.wrong', {})),
  });
  mine.value = { local, connection, straight };
  return connection;
}

async function work(step: CallStepView): Promise<void> {
  const has = mine.peek();
  if (has === null) return;
  const { connection } = has;
  try {
    switch (step.step) {
      case 'make_offer':
        await call('calls.describe', { revision: step.revision, description: await connection.makeOffer(step.revision) });
        return;
      case 'take_offer':
        await call('calls.describe', { revision: step.revision, description: await connection.takeOffer(step.description ?? '') });
        return;
      case 'take_answer':
        return await connection.takeAnswer(step.description ?? '');
      case 'take_candidates':
        return await connection.addCandidates(step.candidates);
      case 'close':
        return connection.close();
      default:
        return;
    }
  } catch (failure) {
    if (refusalOf(failure) === 'wrong_certificate' || refusalOf(failure) === 'not_in_call') return;
    // the browser can't: the other side must not wait
    await call('calls.fail', {}).catch(() => undefined);
  }
}

function tell(say: () => Promise<unknown>): void {
  // the call may be over: then its end is told by itself
  say().catch(() => undefined);
}

function drop(): void {
  const had = mine.peek();
  mine.value = null;
  had?.connection.close();
  had?.local.stop();
}
