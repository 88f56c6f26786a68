import { chatOf } from '../state/reduce';
import { dispatch, state } from '../state/store';
import { read } from './reading';
import { call, newKey, refusalOf, toastRefusal } from './core';

const newest = 60;
const older = 200;
const most = 500;
const loading = new Set<string>();

/** Reads the newest screenful of a chat and what is unread, if this page has nothing of it yet. */
export async function enterChat(chat: string): Promise<void> {
  const unread = chatOf(state.peek(), chat)?.unread ?? 0;
  if (state.peek().lines[chat] === undefined) await readPage(chat, null, Math.min(most, newest + unread));
}

/** Reads what came before the oldest line that is here. */
export async function readOlder(chat: string): Promise<void> {
  const lines = state.peek().lines[chat];
  const first = lines?.messages[0];
  if (lines === undefined || lines.whole || first === undefined) return;
  await readPage(chat, first.position, older);
}

async function readPage(chat: string, before: number | null, count: number): Promise<void> {
  if (loading.has(chat)) return;
  loading.add(chat);
  try {
    await read(() => call('messages.page', { chat, before, count }), (messages) => dispatch({ kind: 'page', chat, messages, whole: messages.length < count }));
  } catch (failure) {
    if (refusalOf(failure) !== 'not_open') toastRefusal(failure);
  } finally {
    loading.delete(chat);
  }
}

/** Says something: on the screen at once, and back in the composer if it is refused. */
export async function say(chat: string, text: string): Promise<void> {
  const key = newKey('echo');
  dispatch({ kind: 'echo', chat, echo: { key, text, time: new Date().toISOString() } });
  dispatch({ kind: 'draft', chat, text: '' });
  try {
    const message = await call('messages.send', { chat, text });
    dispatch({ kind: 'said', chat, key, message });
  } catch (failure) {
    dispatch({ kind: 'said', chat, key, message: null });
    const draft = state.peek().drafts[chat];
    dispatch({ kind: 'draft', chat, text: draft === undefined ? text : `${text}\n${draft}` });
    toastRefusal(failure);
  }
}

/** While a chat is on the screen, what is said in it comes at once; otherwise within seconds. Answers how to end that. */
export function attend(chat: string): () => void {
  const tell = (shown: string | null): void => {
    // a refusal means that it was deleted or locked meanwhile, and then nobody looks
    call('chats.attend', { chat: shown }).catch(() => undefined);
  };
  const look = (): void => tell(document.visibilityState === 'visible' ? chat : null);
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    tell(null);
  };
}

/** What is on the screen counts as read. */
export async function markRead(chat: string): Promise<void> {
  const found = state.peek().chats?.find((c) => c.id === chat);
  if (found === undefined || found.unread === 0) return;
  dispatch({ kind: 'read', chat });
  try {
    await call('chats.read', { chat });
  } catch {
    // the next event brings the true count back
  }
}
