import type { ChatView, ClientEvent, ErrorCode, HostView, MessageView, RelayView, RoomEvent, RoomMessageView, RoomView } from '../../core/api';
import type { Core } from '../../core/core';

/** Where the person is. Kept in memory alone: an address or a history entry would tell others of chats. */
export type Place =
  | { kind: 'home' }
  | { kind: 'create' }
  | { kind: 'import' }
  | { kind: 'unlock'; id: string }
  | { kind: 'chats' }
  | { kind: 'chat'; chat: string }
  | { kind: 'details'; chat: string }
  | { kind: 'new-chat' }
  | { kind: 'join'; chat: string | null }
  | { kind: 'identity' }
  | { kind: 'export' }
  | { kind: 'relays' }
  | { kind: 'install' }
  | { kind: 'about' }
  | { kind: 'open-room' }
  | { kind: 'enter-room' }
  | { kind: 'coming-back' }
  | { kind: 'room'; room: string }
  | { kind: 'room-details'; room: string };

/** An own message that the core has not answered for yet. */
export interface Echo {
  key: string;
  text: string;
  time: string;
}

/** What this page has of a chat's lines: an unbroken run up to the newest. */
export interface Lines {
  messages: readonly MessageView[];
  echoes: readonly Echo[];
  /** True if nothing older is to be had. */
  whole: boolean;
  /** The position of the first line that was unread when the chat was opened. */
  unreadFrom: number | null;
}

/** A room that this tab is in, or was: it is here until its screen is closed. */
export interface RoomHere {
  view: RoomView;
  lines: readonly RoomMessageView[];
  /** The sessions of those who type. */
  typing: readonly string[];
  draft: string;
  /** The message that the draft answers. */
  replyTo: string | null;
  unread: number;
}

export interface Toast {
  key: string;
  /** A message's id in the catalogue. */
  text: string;
  args?: Readonly<Record<string, string | number>>;
  /** What its button does, if it has one. */
  undo?: () => void;
  /** False: stays until it is closed or undone. */
  passing: boolean;
}

export interface State {
  core: Core['state'];
  /** Null until the core has told. */
  host: HostView | null;
  /** True in a window whose storage goes with it. */
  passing: boolean;
  place: Place;
  /** All chats, the latest activity first. Null until they are read. */
  chats: readonly ChatView[] | null;
  lines: Readonly<Record<string, Lines>>;
  relays: readonly RelayView[];
  /** Chats whose deletion can still be undone. */
  hidden: readonly string[];
  drafts: Readonly<Record<string, string>>;
  /** A secret that was opened as a link and waits to be entered. */
  link: string | null;
  /** The rooms of this tab, the first entered first. */
  rooms: readonly RoomHere[];
  /** A room's link that was opened and waits for a nickname. */
  roomLink: string | null;
  /** True since the identity was last exported, until something changes. */
  exported: boolean;
  toasts: readonly Toast[];
  /** True if a newer version of the app is loaded and waits. */
  updateReady: boolean;
}

export type Action =
  | { kind: 'core'; state: Core['state'] }
  | { kind: 'host'; host: HostView }
  | { kind: 'passing' }
  | { kind: 'chats'; chats: readonly ChatView[] }
  | { kind: 'relays'; relays: readonly RelayView[] }
  | { kind: 'go'; place: Place }
  | { kind: 'event'; happened: ClientEvent }
  | { kind: 'page'; chat: string; messages: readonly MessageView[]; whole: boolean }
  | { kind: 'looked'; chat: string }
  | { kind: 'read'; chat: string }
  | { kind: 'echo'; chat: string; echo: Echo }
  | { kind: 'said'; chat: string; key: string; message: MessageView | null }
  | { kind: 'draft'; chat: string; text: string }
  | { kind: 'hide'; chat: string }
  | { kind: 'unhide'; chat: string }
  | { kind: 'removed'; chat: string }
  | { kind: 'link'; link: string | null }
  | { kind: 'room-link'; link: string | null }
  | { kind: 'room-in'; view: RoomView; lines: readonly RoomMessageView[]; draft: string }
  | { kind: 'room-event'; happened: RoomEvent }
  | { kind: 'room-draft'; room: string; text: string }
  | { kind: 'room-reply'; room: string; message: string | null }
  | { kind: 'room-seen'; room: string }
  | { kind: 'room-out'; room: string }
  | { kind: 'exported' }
  | { kind: 'toast'; toast: Toast }
  | { kind: 'toast-gone'; key: string }
  | { kind: 'update-ready' };

/** What a screen shows of a refusal: the core's name for it, or one of the page's own. */
export type Refusal = ErrorCode | 'relay_not_reachable' | 'scan_nothing' | 'picture_nothing' | 'camera_denied' | 'camera_none';

export const firstState: State = {
  core: 'starting',
  host: null,
  passing: false,
  place: { kind: 'home' },
  chats: null,
  lines: {},
  relays: [],
  hidden: [],
  drafts: {},
  link: null,
  rooms: [],
  roomLink: null,
  exported: false,
  toasts: [],
  updateReady: false,
};
