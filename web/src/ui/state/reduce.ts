import type { ChatView, ClientEvent, HostView, MessageView, RelayView } from '../../core/api';
import { echoed, noLines, heard, paged, said } from './lines';
import { happenedIn, without as withoutRoom, withRoom } from './rooms';
import type { Action, Lines, Place, State } from './types';

/** The one place where the page's state changes: the state before and what happened give the state after. */
export function reduce(state: State, action: Action): State {
  switch (action.kind) {
    case 'core':
      return { ...state, core: action.state };
    case 'host':
      return withHost(state, action.host);
    case 'passing':
      return { ...state, passing: true };
    case 'chats':
      return { ...state, chats: sorted(action.chats) };
    case 'relays':
      return { ...state, relays: action.relays };
    case 'go':
      return went(state, action.place);
    case 'event':
      return withEvent(state, action.happened);
    case 'page':
      return withPage(state, action.chat, action.messages, action.whole);
    case 'looked':
      return marked(state, action.chat);
    case 'read':
      return { ...state, chats: state.chats?.map((c) => (c.id === action.chat && c.unread > 0 ? { ...c, unread: 0 } : c)) ?? null };
    case 'echo':
      return withLines(state, action.chat, (lines) => echoed(lines, action.echo));
    case 'said':
      return withLines({ ...state, exported: false }, action.chat, (lines) => said(lines, action.key, action.message));
    case 'draft':
      return { ...state, drafts: withDraft(state.drafts, action.chat, action.text) };
    case 'hide':
      return { ...state, hidden: [...state.hidden, action.chat], place: awayFrom(state.place, action.chat) };
    case 'unhide':
      return { ...state, hidden: state.hidden.filter((id) => id !== action.chat) };
    case 'removed':
      return without(state, action.chat);
    case 'link':
      return { ...state, link: action.link };
    case 'room-link':
      return { ...state, roomLink: action.link };
    case 'room-in':
      return { ...state, rooms: [...state.rooms, { view: action.view, lines: action.lines, typing: [], draft: action.draft, replyTo: null, unread: 0 }] };
    case 'room-event':
      return happenedIn(state, action.happened);
    case 'room-draft':
      return withRoom(state, action.room, (room) => ({ ...room, draft: action.text }));
    case 'room-reply':
      return withRoom(state, action.room, (room) => ({ ...room, replyTo: action.message }));
    case 'room-seen':
      return withRoom(state, action.room, (room) => (room.unread === 0 ? room : { ...room, unread: 0 }));
    case 'room-out':
      return withoutRoom(state, action.room);
    case 'exported':
      return { ...state, exported: true };
    case 'toast':
      return { ...state, toasts: [...state.toasts.filter((t) => t.text !== action.toast.text || t.undo !== undefined || JSON.stringify(t.args) !== JSON.stringify(action.toast.args)), action.toast] };
    case 'toast-gone':
      return { ...state, toasts: state.toasts.filter((t) => t.key !== action.key) };
    case 'update-ready':
      return { ...state, updateReady: true };
  }
}

/** The chats that are to be seen: all but those whose deletion can still be undone. */
export function visibleChats(state: State): readonly ChatView[] {
  return state.hidden.length === 0 ? (state.chats ?? []) : (state.chats ?? []).filter((c) => !state.hidden.includes(c.id));
}

export function chatOf(state: State, id: string): ChatView | null {
  return state.chats?.find((c) => c.id === id) ?? null;
}

/** True if nothing that is made here is kept: the browser refuses, or forgets it with the window. */
export function keepsNothing({ host, passing }: State): boolean {
  return passing || host?.storage === 'memory';
}

/** True if the open identity is gone with this page or its window. */
export function goesWithWindow({ host, passing }: State): boolean {
  return host?.open != null && (host.open.memory || passing);
}

/** How many messages wait to be read; muted chats don't count. */
export function unreadCount(state: State): number {
  return visibleChats(state).reduce((sum, c) => (c.muted ? sum : sum + c.unread), 0);
}

/** True for places that only an open identity has. */
export function needsIdentity(place: Place): boolean {
  return !['home', 'create', 'import', 'unlock', 'install', 'about'].includes(place.kind) && !isOfRooms(place);
}

/** True for the places of rooms, which are there with an identity and without. */
export function isOfRooms(place: Place): boolean {
  return ['open-room', 'enter-room', 'coming-back', 'room', 'room-details'].includes(place.kind);
}

/** Into another chat: the unread line is where it begins now. */
function went(state: State, place: Place): State {
  // a secret that was opened as a link is left with its screen
  const next = {
    ...state,
    place,
    link: state.place.kind === 'join' && place.kind !== 'join' ? null : state.link,
    roomLink: state.place.kind === 'enter-room' && place.kind !== 'enter-room' ? null : state.roomLink,
  };
  if (!('chat' in place) || place.chat === null || ('chat' in state.place && state.place.chat === place.chat) || state.lines[place.chat] === undefined) return next;
  return marked(next, place.chat);
}

function withPage(state: State, chat: string, messages: readonly MessageView[], whole: boolean): State {
  const next = withLines(state, chat, (lines) => paged(lines, messages, whole));
  return state.lines[chat] === undefined ? marked(next, chat) : next;
}

function marked(state: State, chat: string): State {
  return withLines(state, chat, (lines) => ({ ...lines, unreadFrom: firstUnread(lines, chatOf(state, chat)) }));
}

function withHost(state: State, host: HostView): State {
  const before = state.host?.open?.id ?? null;
  const now = host.open?.id ?? null;
  if (before === now) return { ...state, host };
  // Locked, or another identity: nothing of the one before may stay in the page, not even what was half written.
  const place: Place = now === null ? (needsIdentity(state.place) ? { kind: 'home' } : state.place) : isOfRooms(state.place) ? state.place : { kind: 'chats' };
  return {
    ...state,
    host,
    place,
    chats: null,
    lines: {},
    relays: [],
    hidden: [],
    drafts: {},
    exported: false,
    toasts: state.toasts.filter((t) => t.undo === undefined),
  };
}

function withEvent(state: State, happened: ClientEvent): State {
  const { chat, message, relay } = happened;
  switch (happened.kind) {
    case 'message_added':
    case 'message_changed': {
      if (message === null) return state;
      const next = chat === null ? state : withChat(state, chat);
      return next.lines[message.chat] === undefined ? next : withLines({ ...next, exported: false }, message.chat, (lines) => heard(lines, message));
    }
    case 'chat_added':
    case 'chat_changed':
      return chat === null ? state : withChat({ ...state, exported: false }, chat);
    case 'chat_removed':
      return chat === null ? state : without(state, chat.id);
    case 'relay_connected':
    case 'relay_lost':
    case 'relay_misbehaved':
      return relay === null ? state : { ...state, relays: withRelay(state.relays, relay) };
    case 'identity_changed':
    // of a call the screens of calls hear by themselves
    case 'call_changed':
    case 'call_step':
      return state;
  }
}

function withChat(state: State, chat: ChatView): State {
  // before the list is read there is nothing to change: it comes whole
  if (state.chats === null) return state;
  return { ...state, chats: sorted([...state.chats.filter((c) => c.id !== chat.id), chat]) };
}

function withRelay(relays: readonly RelayView[], relay: RelayView): readonly RelayView[] {
  return relays.some((r) => r.address === relay.address) ? relays.map((r) => (r.address === relay.address ? relay : r)) : [...relays, relay];
}

function withLines(state: State, chat: string, change: (lines: Lines) => Lines): State {
  return { ...state, lines: { ...state.lines, [chat]: change(state.lines[chat] ?? noLines) } };
}

function withDraft(drafts: State['drafts'], chat: string, text: string): State['drafts'] {
  const { [chat]: _, ...others } = drafts;
  return text === '' ? others : { ...others, [chat]: text };
}

function without(state: State, chat: string): State {
  const { [chat]: _, ...lines } = state.lines;
  return {
    ...state,
    lines,
    chats: state.chats?.filter((c) => c.id !== chat) ?? null,
    hidden: state.hidden.filter((id) => id !== chat),
    drafts: withDraft(state.drafts, chat, ''),
    place: awayFrom(state.place, chat),
  };
}

function awayFrom(place: Place, chat: string): Place {
  return 'chat' in place && place.chat === chat ? { kind: 'chats' } : place;
}

/** The unread line stands before the oldest of the messages of others that were not read. */
function firstUnread(lines: Lines, chat: ChatView | null): number | null {
  let left = chat?.unread ?? 0;
  for (let i = lines.messages.length - 1; i >= 0 && left > 0; i--) {
    const message = lines.messages[i];
    if (message === undefined || message.own || message.kind === 'notice') continue;
    left--;
    if (left === 0) return message.position;
  }
  return null;
}

function sorted(chats: readonly ChatView[]): readonly ChatView[] {
  return [...chats].sort((a, b) => (a.last_activity < b.last_activity ? 1 : a.last_activity > b.last_activity ? -1 : 0));
}
