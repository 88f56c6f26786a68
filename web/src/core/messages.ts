// What travels between a page, its worker, and the worker of the tab that holds the core.
import type { ArgonTask } from './argon';

/** Whoever holds it has the core of this browser. */
export const lockName = 'secrets-core';

/** A call as it travels: the arguments as JSON, the bytes beside them. */
export interface CallMessage {
  id: number;
  name: string;
  args: string;
  bytes: Uint8Array | null;
}

/** The answer to a call: "+" and the result as JSON, or "-" and the name of the refusal. */
export interface ReplyMessage {
  id: number;
  answer: string;
  bytes: Uint8Array | null;
}

/** What the page's hashing worker answered; undefined where there is none. */
export interface HashedMessage {
  kind: 'hashed';
  id: number;
  hash: Uint8Array | null | undefined;
}

/** What a worker tells its page without being asked. */
export type Notice = { kind: 'event'; json: string } | { kind: 'room'; json: string } | { kind: 'host' } | { kind: 'state'; state: 'ready' | 'failed' };

/**
 * What a worker's core is for. Identities: one core for all tabs. Rooms: each tab's own, which shares nothing and keeps nothing, so that
 * closing the tab forgets its rooms, and no other tab ever holds them.
 */
export type Purpose = 'identities' | 'rooms';

export type ToWorker = { kind: 'start'; page: string; purpose: Purpose } | ({ kind: 'call' } & CallMessage) | ({ kind: 'argon' } & ArgonTask) | HashedMessage;
export type FromWorker = Notice | ({ kind: 'reply' } & ReplyMessage) | { kind: 'hash'; hash: Uint8Array | null } | { kind: 'hashElsewhere'; id: number; task: ArgonTask };
