import type { ChatView } from '../../core/api';
import { dispatch, state } from '../state/store';
import { go, goInstead } from '../state/places';
import { call, refusalOf, toast, toastRefusal } from './core';

/** How long a secret is good: the most that the protocol allows. */
export const secretDays = 14;

const undoTime = 8_000;
const deleting = new Map<string, ReturnType<typeof setTimeout>>();

export async function createChat(name: string): Promise<void> {
  const chat = await call('chats.create', { name, days: secretDays });
  dispatch({ kind: 'event', happened: added(chat) });
  goInstead({ kind: 'chat', chat: chat.id });
}

/** Enters somebody's secret: as a new chat, or into one that has none of theirs yet. */
export async function enterSecret(chat: string | null, secret: string, name: string, direct: boolean, otherRelays: boolean): Promise<void> {
  const common = { secret, direct, allow_other_relays: otherRelays };
  if (chat === null) {
    const joined = await call('chats.join', { name, ...common });
    dispatch({ kind: 'event', happened: added(joined) });
    goInstead({ kind: 'chat', chat: joined.id });
  } else {
    await call('chats.add', { chat, name: name === '' ? null : name, ...common });
    dispatch({ kind: 'event', happened: added(await call('chats.show', { chat })) });
    goInstead({ kind: 'chat', chat });
  }
}

export async function renameChat(chat: string, name: string): Promise<void> {
  await call('chats.rename', { chat, name });
}

export async function muteChat(chat: string, muted: boolean): Promise<void> {
  try {
    await call('chats.mute', { chat, muted });
    await reload(chat);
  } catch (failure) {
    toastRefusal(failure);
  }
}

export async function verifyChat(chat: string, typed: string | null): Promise<void> {
  await call('chats.verify', { chat, typed });
  await reload(chat);
}

export async function leaveChat(chat: string): Promise<void> {
  await call('chats.leave', { chat });
  await reload(chat);
}

/** Deletes a chat, after a while in which that can be undone. If the page goes away before, nothing is deleted. */
export function deleteChat(chat: string): void {
  go({ kind: 'chats' });
  dispatch({ kind: 'hide', chat });
  const key = toast('toast-deleted', { undo: () => undoDelete(chat), passing: false });
  deleting.set(
    chat,
    setTimeout(() => {
      dispatch({ kind: 'toast-gone', key });
      void finishDelete(chat);
    }, undoTime),
  );
}

function undoDelete(chat: string): void {
  clearTimeout(deleting.get(chat));
  deleting.delete(chat);
  dispatch({ kind: 'unhide', chat });
}

/** Deletes at once what waits to be deleted. */
export async function finishDeletes(): Promise<void> {
  await Promise.all([...deleting.keys()].map(finishDelete));
}

async function finishDelete(chat: string): Promise<void> {
  clearTimeout(deleting.get(chat));
  if (!deleting.delete(chat)) return;
  try {
    await call('chats.delete', { chat });
    dispatch({ kind: 'removed', chat });
  } catch (failure) {
    if (refusalOf(failure) === 'unknown_chat') dispatch({ kind: 'removed', chat });
    else {
      dispatch({ kind: 'unhide', chat });
      toastRefusal(failure);
    }
  }
}

async function reload(chat: string): Promise<void> {
  if (state.peek().chats === null) return;
  dispatch({ kind: 'event', happened: changed(await call('chats.show', { chat })) });
}

// What a command answers is shown at once, in the same way as the event that tells of it, whichever is first.
const added = (chat: ChatView) => ({ kind: 'chat_added', time: chat.last_activity, chat, message: null, relay: null, call: null, call_step: null }) as const;
const changed = (chat: ChatView) => ({ kind: 'chat_changed', time: chat.last_activity, chat, message: null, relay: null, call: null, call_step: null }) as const;
