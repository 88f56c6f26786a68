import type { RoomMessageView, RoomView } from '../../core/api';
import { t } from '../../messages/messages';
import { call, callWithBytes, newKey, refusalOf, toast, toastRefusal } from '../actions/core';
import { copyText, saveFile } from '../actions/files';
import { forgetRoom, keep, pictures, sendings, takeIn, type Sending } from '../actions/rooms';
import { goInstead } from '../state/places';
import { roomOf } from '../state/rooms';
import { dispatch, state } from '../state/store';
import { neutralName } from '../text/neutralise';
import { conversationOf } from './conversation';

const longestFile = 16 * 1024 * 1024;
/** What a room holds of files at a relay. */
const held = 32 * 1024 * 1024;
const typingAgain = 3_000;
const typingEnds = 5_000;
const encoder = new TextEncoder();

/** The name that the person has in rooms while this tab lives. */
let nickname = '';

/** The name from before in this tab, or a friendly one in the person's language. */
export function proposeName(): string {
  if (nickname !== '') return nickname;
  const [first, second] = [oneOf(t('room-names-first')), oneOf(t('room-names-second'))];
  // a second word in small letters ends the first one
  nickname = second === second.toLowerCase() ? first + second : `${first} ${second}`;
  return nickname;
}

export async function openRoom(label: string, name: string): Promise<void> {
  await go(await call('rooms.open', { label: orNull(label), name: orNull(name), relay: null, max_participants: null }));
}

export async function enterRoom(code: string, label: string, name: string): Promise<void> {
  await go(await call('rooms.enter', { code, label: orNull(label), name: orNull(name), relay: null }));
}

export async function sayIn(room: string, text: string, replyTo: string | null): Promise<void> {
  dispatch({ kind: 'room-draft', room, text: '' });
  dispatch({ kind: 'room-reply', room, message: null });
  stopTyping(room);
  try {
    await call('rooms.send', { room, text, reply_to: replyTo });
    await keep(room);
  } catch (failure) {
    dispatch({ kind: 'room-draft', room, text });
    toastRefusal(failure);
  }
}

/** Puts a sign under a message, or takes it back if it is there. */
export function react(room: RoomView, line: RoomMessageView, sign: string): void {
  const mine = line.reactions.some((reaction) => reaction.session === room.me && reaction.sign === sign);
  call('rooms.react', { room: room.id, message: line.id, sign: mine ? '' : sign }).catch(toastRefusal);
}

let typedIn: string | null = null;
let toldAt = 0;
let stops: ReturnType<typeof setTimeout> | undefined;

/** Tells the others that one types, again while it goes on, and no longer after a pause. */
export function typed(room: string): void {
  clearTimeout(stops);
  stops = setTimeout(() => stopTyping(room), typingEnds);
  if (typedIn === room && Date.now() - toldAt < typingAgain) return;
  [typedIn, toldAt] = [room, Date.now()];
  call('rooms.typing', { room, on: true }).catch(() => undefined);
}

export function stopTyping(room: string): void {
  clearTimeout(stops);
  if (typedIn !== room) return;
  typedIn = null;
  call('rooms.typing', { room, on: false }).catch(() => undefined);
}

export function sendFiles(room: string, files: Iterable<File>): void {
  let size = 0;
  for (const file of files) {
    if (file.size === 0 || file.size > longestFile) {
      toast('error-bad-file');
      continue;
    }
    size += file.size;
    void sendFile({ key: newKey('file'), room, file, sent: 0, refusal: null });
  }
  if (size > held) toast('room-files-many', { passing: false });
}

/** One after another, in the order in which they were chosen, and no more than one of them in memory. */
let turn: Promise<void> = Promise.resolve();

export async function sendFile(sending: Sending): Promise<void> {
  const { key } = sending;
  sendings.value = [...sendings.peek().filter((s) => s.key !== key), { ...sending, sent: 0, refusal: null }];
  const sent = turn.then(() => sendNow(sending));
  turn = sent;
  await sent;
}

async function sendNow({ key, room, file }: Sending): Promise<void> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    // stopped before the core knew of it
    if (sendings.peek().every((s) => s.key !== key)) return;
    const line = await call('rooms.send_file', { room, name: shortened(file.name), type: file.type, upload: key }, bytes);
    if (isPicture(line)) pictures.set(line.id, file);
    dropSending(key);
    await keep(room);
  } catch (failure) {
    sendings.value = sendings.peek().map((s) => (s.key === key ? { ...s, refusal: refusalOf(failure) } : s));
  }
}

/** Stops a file on its way: it is not shown any more, whatever becomes of it. */
export function stopSending({ key, room }: Sending): void {
  dropSending(key);
  call('rooms.stop_file', { room, upload: key }).catch(() => undefined);
}

export function dropSending(key: string): void {
  sendings.value = sendings.peek().filter((s) => s.key !== key);
}

/** Pictures that are shown as such: kinds that hold nothing but a picture. */
export function isPicture(line: RoomMessageView): boolean {
  return line.file !== null && /^image\/(png|jpeg|gif|webp|avif)$/.test(line.file.type);
}

export async function fetchPicture(line: RoomMessageView): Promise<Blob> {
  const known = pictures.get(line.id);
  if (known !== undefined) return known;
  const { bytes } = await callWithBytes('rooms.get_file', { room: line.room, message: line.id });
  const picture = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: line.file?.type ?? '' });
  pictures.set(line.id, picture);
  return picture;
}

/** Saves a file of the room. What its sender calls it decides nothing but its name. */
export async function download(line: RoomMessageView): Promise<void> {
  const known = pictures.get(line.id);
  const bytes = known === undefined ? (await callWithBytes('rooms.get_file', { room: line.room, message: line.id })).bytes : new Uint8Array(await known.arrayBuffer());
  saveFile(bytes ?? new Uint8Array(), neutralName(line.file?.name ?? ''), 'application/octet-stream');
}

export async function setLocked(room: string, locked: boolean): Promise<void> {
  await call('rooms.lock', { room, locked });
  await keep(room);
}

export async function removePerson(room: string, session: string, lockToo: boolean): Promise<void> {
  // first, so that nobody comes back in between
  if (lockToo) await call('rooms.lock', { room, locked: true });
  await call('rooms.remove', { room, session });
  await keep(room);
}

export async function handOverTo(room: string, session: string): Promise<void> {
  await call('rooms.hand_over', { room, session });
  await keep(room);
}

export async function relabel(room: string, label: string): Promise<void> {
  await call('rooms.label', { room, label });
  await keep(room);
}

export async function renameIn(room: string, name: string): Promise<void> {
  await call('rooms.rename', { room, name });
  nickname = name;
}

/** Leaves a room, or closes the screen of one that has ended: nothing of it stays in this tab. */
export async function leaveRoom(room: string): Promise<void> {
  try {
    await call('rooms.leave', { room });
  } finally {
    sendings.value = sendings.peek().filter((s) => s.room !== room);
    forgetRoom(room);
  }
}

export function saveConversation(room: RoomView): void {
  const lines = state.peek().rooms.find((here) => here.view.id === room.id)?.lines ?? [];
  saveFile(encoder.encode(conversationOf(room, lines)), `${neutralName(room.label) || t('room')}.txt`, 'text/plain');
}

export async function copied(text: string): Promise<void> {
  toast((await copyText(text)) ? 'copied' : 'copy-denied');
}

async function go(view: RoomView): Promise<void> {
  nickname = view.name;
  // the code of a room that this tab is in leads back to it
  const isNew = roomOf(state.peek(), view.id) === null;
  if (isNew) await takeIn(view);
  const { kind } = state.peek().place;
  if (kind === 'enter-room' || kind === 'open-room') goInstead({ kind: 'room', room: view.id });
  // whoever went away from the form meanwhile doesn't want in; where they were already they stay
  else if (isNew) await leaveRoom(view.id);
}

function oneOf(names: string): string {
  const each = names.split(', ');
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return each[drawn % each.length] ?? '';
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

/** A name that a room takes: one line, at most 255 bytes, its ending kept. */
function shortened(name: string): string {
  let safe = neutralName(name) || t('room-file');
  const ending = /\.[^.]{1,16}$/.exec(safe)?.[0] ?? '';
  while (encoder.encode(safe).length > 255) safe = [...safe.slice(0, safe.length - ending.length)].slice(0, -1).join('') + ending;
  return safe;
}
