import type { ClientEvent, Commands, ErrorCode, RoomEvent } from './api';

export type CommandName = keyof Commands;

/** A refusal of the core, with its name; the sentence for it is the screen's business. */
export class CoreError extends Error {
  constructor(readonly code: ErrorCode) {
    super(code);
  }
}

/** What a command gives: its result, and the bytes beside it if there are any. */
export interface Reply<K extends CommandName> {
  result: Commands[K]['result'];
  bytes: Uint8Array | null;
}

/**
 * The one core of this browser as a page sees it. Where another tab holds it, calls go there and events come from there; the page need not know.
 * Rooms are the tab's own: their commands go to a second core that no other tab sees, and that is gone with the tab.
 * 'starting': being loaded. 'ready': answers. 'failed': can't run here (no WebAssembly, or loading failed).
 */
export interface Core {
  readonly state: 'starting' | 'ready' | 'failed';
  onState(listen: (state: Core['state']) => void): () => void;
  call<K extends CommandName>(name: K, args: Commands[K]['args'], bytes?: Uint8Array): Promise<Commands[K]['result']>;
  callWithBytes<K extends CommandName>(name: K, args: Commands[K]['args'], bytes?: Uint8Array): Promise<Reply<K>>;
  /** Everything that happens in the open identity. */
  onEvent(listen: (happened: ClientEvent) => void): () => void;
  /** Everything that happens in rooms, which need no identity. */
  onRoom(listen: (happened: RoomEvent) => void): () => void;
  /** The open identity changed under the page: unlocked, locked, moved or taken over by another tab. Ask `host.show`. */
  onHost(listen: () => void): () => void;
}
