// What this page gives to the call that it is in and gets from it: one connection in a chat, one for everybody else in a room.
import { effect, signal } from '@preact/signals';
import type { CallStepView, TurnView } from '../../core/api';
import { refusalOf, toast, toastRefusal } from '../actions/core';
import { Connection } from './connection';
import { chosen, NoBlur, type LocalMedia, type Source } from './local';
import type { Wire } from './wire';

/** Where a call is. */
export type Place = { kind: 'chat'; id: string } | { kind: 'room'; id: string };

export interface Mine {
  place: Place;
  local: LocalMedia;
  /** Known when the call began: another answer of the relay in its middle must not show an address. */
  turn: readonly TurnView[];
  /** To whom it goes from address to address. */
  straight: (party: string) => boolean;
  connections: ReadonlyMap<string, Connection>;
}

/** Null in a tab that is not the one that has the call. */
export const mine = signal<Mine | null>(null);
/** The call is a bar, so that what is said can be read. */
export const small = signal(false);

export const possible = typeof RTCPeerConnection === 'function' && navigator.mediaDevices !== undefined;

// one thing after the other: descriptions must be taken in their order
let working: Promise<void> = Promise.resolve();

export function queue(step: () => Promise<void>): void {
  working = working.then(step).catch(toastRefusal);
}

// who has many pictures to send and to take makes each of them smaller: docs/protocol/calls.md 4.7
effect(() => {
  const has = mine.value;
  if (has !== null) void has.local.limit(heightFor(has.connections.size));
});

effect(() => {
  if (mine.value?.local.blurFailed.value === true) toast('error-blur');
});

export function heightFor(others: number): number {
  return others <= 1 ? 720 : others <= 3 ? 360 : 180;
}

/** Makes a connection with a certificate of its own; it counts when it is put in its place. */
export function make({ turn, straight, local }: Mine, party: string, wire: Wire): Promise<Connection> {
  return Connection.make(turn, straight(party), local, {
    candidates: (candidates) => tell(() => wire.candidates(candidates)),
    connected: (fingerprint) => tell(() => wire.connected(fingerprint)),
    lost: () => tell(() => wire.lost()),
    wrong: () => tell(() => wire.wrong()),
  });
}

export function put(party: string, connection: Connection): void {
  const has = mine.peek();
  if (has === null) return connection.close();
  has.connections.get(party)?.close();
  mine.value = { ...has, connections: new Map(has.connections).set(party, connection) };
}

export function remove(party: string): void {
  const has = mine.peek();
  if (has === null || !has.connections.has(party)) return;
  has.connections.get(party)?.close();
  mine.value = { ...has, connections: new Map([...has.connections].filter(([other]) => other !== party)) };
}

/** Does what the core wants of a connection. */
export async function work(party: string, wire: Wire, step: CallStepView): Promise<void> {
  const connection = mine.peek()?.connections.get(party);
  if (connection === undefined) return;
  try {
    switch (step.step) {
      case 'make_offer':
        await wire.describe(step.revision, await connection.makeOffer(step.revision));
        return;
      case 'take_offer':
        await wire.describe(step.revision, await connection.takeOffer(step.description ?? ''));
        return;
      case 'take_answer':
        return await connection.takeAnswer(step.description ?? '');
      case 'take_candidates':
        return await connection.addCandidates(step.candidates);
      default:
        return;
    }
  } catch (failure) {
    if (refusalOf(failure) === 'wrong_certificate' || refusalOf(failure) === 'not_in_call') return;
    // the browser can't: the other side must not wait
    await wire.fail().catch(() => undefined);
  }
}

/** Switches microphone, camera or screen. */
export async function switchTo(source: Source, on: boolean): Promise<void> {
  await attempt(source, async (local) => {
    if (source === 'voice') local.speak(on);
    else if (!on) local.close(source);
    else if (source === 'camera') await local.openCamera();
    else await local.openScreen();
  });
}

/** The other camera, of a phone or of whoever has several. */
export async function turnCamera(): Promise<void> {
  await attempt('camera', (local) => local.openNextCamera());
}

/** Tells in words if something can't be opened. */
async function attempt(source: Source, act: (local: LocalMedia) => Promise<void>): Promise<void> {
  const local = mine.peek()?.local;
  if (local === undefined) return;
  try {
    await act(local);
  } catch (failure) {
    // closing the browser's own question is no mistake
    if (source === 'screen' && failure instanceof DOMException && failure.name === 'NotAllowedError') return;
    toast(source === 'screen' ? 'error-screen-denied' : failure instanceof NoBlur ? 'error-blur' : 'error-camera-denied-call');
  }
}

/** What is behind oneself is blurred from now on, or no longer; a camera that is off stays so. */
export async function blurTo(on: boolean): Promise<void> {
  chosen.value = { ...chosen.peek(), blur: on };
  const local = mine.peek()?.local;
  if (local !== undefined && (local.tracks.peek().camera !== undefined || local.preparing.peek())) await switchTo('camera', true);
}

export interface Switches {
  microphone_off: boolean;
  camera_on: boolean;
  screen_shown: boolean;
}

/** What is switched on and off here, as the others are told. */
export function switches({ local }: Mine): Switches {
  const { camera, screen } = local.tracks.value;
  return { microphone_off: !local.speaking.value, camera_on: camera !== undefined, screen_shown: screen !== undefined };
}

export function tell(say: () => Promise<unknown>): void {
  // the call may be over: then its end is told by itself
  say().catch(() => undefined);
}

/** Nothing stays open. */
export function drop(): void {
  const had = mine.peek();
  mine.value = null;
  small.value = false;
  for (const connection of had?.connections.values() ?? []) connection.close();
  had?.local.stop();
}
