import { expect, test } from 'vitest';
import type { ChatView, ClientEvent, HostView, MessageView } from '../../src/core/api';
import { goesWithWindow, keepsNothing, reduce, unreadCount, visibleChats } from '../../src/ui/state/reduce';
import { rowsOf } from '../../src/ui/state/lines';
import { firstState, type Action, type State } from '../../src/ui/state/types';

const time = (minute: number): string => new Date(Date.UTC(2026, 10, 28, 12, minute)).toISOString();

function chat(id: string, more: Partial<ChatView> = {}): ChatView {
  return {
    id, name: id, participant: id, their_name: null, stage: 'open', verification: 'not_verified', secret_in_several_hands: false, muted: false,
    unread: 0, created: time(0), last_activity: time(0), last_message: null, safety_number: null, ...more,
  };
}

function message(position: number, own = false, more: Partial<MessageView> = {}): MessageView {
  return { id: `m${position}`, chat: 'a', kind: 'text', own, time: time(position), arrived: time(position), text: `text ${position}`, notice: 'none', state: 'received', position, ...more };
}

function event(kind: ClientEvent['kind'], more: Partial<ClientEvent>): Action {
  return { kind: 'event', happened: { kind, time: time(0), chat: null, message: null, relay: null, call: null, call_step: null, ...more } };
}

const host = (id: string | null): HostView => ({
  version: '1', storage: 'kept', identities: [],
  open: id === null ? null : { id, read_only: false, retired: false, memory: false, damaged: [], identity: { name: id, created: time(0), chats: 0, waiting: 0 } },
});

const after = (state: State, ...actions: Action[]): State => actions.reduce(reduce, state);
const open = after(firstState, { kind: 'host', host: host('i') }, { kind: 'chats', chats: [chat('a'), chat('b', { last_activity: time(5) })] });

test('Chats stand in the order of their last activity, whatever order they come in', () => {
  expect(open.chats?.map((c) => c.id)).toEqual(['b', 'a']);
  expect(after(open, event('chat_changed', { chat: chat('a', { last_activity: time(9) }) })).chats?.map((c) => c.id)).toEqual(['a', 'b']);
});

test('Locking takes everything of the identity out of the page, drafts too', () => {
  const busy = after(open, { kind: 'page', chat: 'a', messages: [message(1)], whole: true }, { kind: 'draft', chat: 'a', text: 'half' }, { kind: 'go', place: { kind: 'chat', chat: 'a' } });

  const locked = after(busy, { kind: 'host', host: host(null) });

  expect(locked).toMatchObject({ chats: null, lines: {}, drafts: {}, place: { kind: 'home' } });
});

test('Another identity starts with nothing of the one before', () => {
  const other = after(open, { kind: 'draft', chat: 'a', text: 'half' }, { kind: 'host', host: host('j') });

  expect(other).toMatchObject({ chats: null, drafts: {}, place: { kind: 'chats' } });
});

test('In a window whose storage goes with it nothing is kept, whatever the core could store', () => {
  expect([keepsNothing(open), goesWithWindow(open)]).toEqual([false, false]);

  const passing = after(firstState, { kind: 'passing' }, { kind: 'host', host: host('i') });

  expect([keepsNothing(passing), goesWithWindow(passing)]).toEqual([true, true]);
  expect(goesWithWindow(after(passing, { kind: 'host', host: host(null) }))).toBe(false);
});

test('The host told again leaves everything as it was', () => {
  const busy = after(open, { kind: 'draft', chat: 'a', text: 'half' });

  expect(after(busy, { kind: 'host', host: host('i') })).toEqual(busy);
});

test.each([
  ['the event first', ['event', 'answer']],
  ['the answer first', ['answer', 'event']],
])('An own message is on the screen once, with %s', (_, order) => {
  const said = message(7, true, { text: 'hello' });
  const actions: Record<string, Action> = { event: event('message_added', { message: said }), answer: { kind: 'said', chat: 'a', key: 'e1', message: said } };
  let state = after(open, { kind: 'page', chat: 'a', messages: [], whole: true }, { kind: 'echo', chat: 'a', echo: { key: 'e1', text: 'hello', time: time(7) } });
  expect(rowsOf(state.lines['a'] ?? never(), () => '').map((r) => r.kind)).toEqual(['echo']);

  for (const step of order) {
    state = after(state, actions[step] ?? never());
    expect(rowsOf(state.lines['a'] ?? never(), () => '').filter((r) => r.kind !== 'day')).toHaveLength(1);
  }
});

test('The same text twice is two messages, whichever is answered first', () => {
  const state = after(
    open,
    { kind: 'page', chat: 'a', messages: [], whole: true },
    { kind: 'echo', chat: 'a', echo: { key: 'e1', text: 'hi', time: time(1) } },
    { kind: 'echo', chat: 'a', echo: { key: 'e2', text: 'hi', time: time(1) } },
    event('message_added', { message: message(1, true, { text: 'hi' }) }),
    { kind: 'said', chat: 'a', key: 'e1', message: message(1, true, { text: 'hi' }) },
  );

  expect(state.lines['a']).toMatchObject({ messages: [{ id: 'm1' }], echoes: [{ key: 'e2' }] });
});

test('A refused message leaves no echo', () => {
  const state = after(open, { kind: 'echo', chat: 'a', echo: { key: 'e1', text: 'hi', time: time(1) } }, { kind: 'said', chat: 'a', key: 'e1', message: null });

  expect(state.lines['a']).toMatchObject({ messages: [], echoes: [] });
});

test('Pages, events and changes merge into one run in the order of positions, each line once', () => {
  const state = after(
    open,
    { kind: 'page', chat: 'a', messages: [message(5), message(6)], whole: false },
    event('message_added', { message: message(8) }),
    event('message_added', { message: message(7) }),
    event('message_changed', { message: message(6, false, { text: 'changed' }) }),
    { kind: 'page', chat: 'a', messages: [message(3), message(4), message(5)], whole: true },
  );

  expect(state.lines['a']?.messages.map((m) => m.position)).toEqual([3, 4, 5, 6, 7, 8]);
  expect(state.lines['a']?.messages[3]?.text).toBe('changed');
  expect(state.lines['a']?.whole).toBe(true);
});

test('A message of a chat that was never opened makes no lines: its page will hold it', () => {
  expect(after(open, event('message_added', { message: message(1) })).lines).toEqual({});
});

test('The unread line stands before the first message that was not read, and own ones do not count', () => {
  const unread = after(open, event('chat_changed', { chat: chat('a', { unread: 2 }) }));

  const entered = after(unread, { kind: 'page', chat: 'a', messages: [message(1), message(2, true), message(3), message(4, true), message(5)], whole: true }, { kind: 'read', chat: 'a' });

  expect(entered.lines['a']?.unreadFrom).toBe(3);
  expect(entered.chats?.find((c) => c.id === 'a')?.unread).toBe(0);
});

test('Coming back to a chat moves the unread line to what is unread now', () => {
  const state = after(
    open,
    { kind: 'page', chat: 'a', messages: [message(1)], whole: true },
    { kind: 'go', place: { kind: 'chats' } },
    event('message_added', { chat: chat('a', { unread: 1 }), message: message(2) }),
    { kind: 'go', place: { kind: 'chat', chat: 'a' } },
  );

  expect(state.lines['a']?.unreadFrom).toBe(2);
});

test('A chat being deleted is out of sight and comes back whole', () => {
  const hidden = after(open, { kind: 'go', place: { kind: 'chat', chat: 'a' } }, { kind: 'hide', chat: 'a' });

  expect(visibleChats(hidden).map((c) => c.id)).toEqual(['b']);
  expect(hidden.place).toEqual({ kind: 'chats' });
  expect(visibleChats(after(hidden, { kind: 'unhide', chat: 'a' }))).toHaveLength(2);
  expect(after(hidden, { kind: 'removed', chat: 'a' })).toMatchObject({ hidden: [], chats: [{ id: 'b' }] });
});

test('Muted and hidden chats are not counted as unread', () => {
  const state = after(open, { kind: 'chats', chats: [chat('a', { unread: 2 }), chat('b', { unread: 3, muted: true }), chat('c', { unread: 4 })] }, { kind: 'hide', chat: 'c' });

  expect(unreadCount(state)).toBe(2);
});

test('Rows are grouped by day, author and breath', () => {
  const lines = { messages: [message(1), message(2), message(3, true), message(20, true), message(21, false, { kind: 'notice', notice: 'they_left' }), message(22)], echoes: [], whole: true, unreadFrom: 2 };

  const rows = rowsOf(lines, (t) => t.slice(0, 10)).map((r) => (r.kind === 'message' ? `${r.message.position}${r.first ? 'f' : ''}${r.last ? 'l' : ''}` : r.kind));

  expect(rows).toEqual(['day', '1fl', 'unread', '2fl', '3fl', '20fl', 'notice', '22fl']);
});

function never(): never {
  throw new Error('not there');
}
