// What the core is told of one connection: of the call of a chat, or to one person of a room's call.
import type { CallEndReason } from '../../core/api';
import { call } from '../actions/core';

export interface Wire {
  describe(revision: number, description: string): Promise<unknown>;
  candidates(candidates: readonly string[]): Promise<unknown>;
  connected(fingerprint: string | null): Promise<unknown>;
  lost(): Promise<unknown>;
  wrong(): Promise<unknown>;
  fail(): Promise<unknown>;
}

export const chatWire: Wire = {
  describe: (revision, description) => call('calls.describe', { revision, description }),
  candidates: (candidates) => call('calls.candidates', { candidates: [...candidates] }),
  connected: (fingerprint) => call('calls.connected', { fingerprint }),
  lost: () => call('calls.lost', {}),
  wrong: () => call('calls.wrong', {}),
  fail: () => call('calls.fail', {}),
};

export function roomWire(room: string, session: string): Wire {
  return {
    describe: (revision, description) => call('rooms.call_describe', { room, session, revision, description }),
    candidates: (candidates) => call('rooms.call_candidates', { room, session, candidates: [...candidates] }),
    connected: (fingerprint) => call('rooms.call_connected', { room, session, fingerprint }),
    lost: () => call('rooms.call_lost', { room, session }),
    wrong: () => call('rooms.call_wrong', { room, session }),
    fail: () => call('rooms.call_fail', { room, session }),
  };
}

/** Ends that a person must hear of wherever they look. */
export function isAlarming(reason: CallEndReason | null): boolean {
  return reason === 'wrong_certificate';
}
