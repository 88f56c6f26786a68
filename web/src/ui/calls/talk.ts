// A call as the screen shows it, wherever it is.
import type { CallView, ChatView, RoomView } from '../../core/api';
import { t } from '../../messages/messages';
import { neutralName } from '../text/neutralise';
import { other } from './calling';

/** Somebody else in a call. */
export interface Party {
  key: string;
  name: string;
  /** What their pattern is made of while there is no picture; null: the name stands alone. */
  face: string | null;
  connected: boolean;
  /** Why there is no connection; null while there is one. */
  apart: string | null;
  words: string | null;
  muted: boolean;
  camera: boolean;
  screen: boolean;
}

export interface Talk {
  title: string;
  /** When it began, for the one who is in it; null before that. */
  since: string | null;
  /** What is said in place of the time. */
  waiting: string | null;
  /** Several may be in it. */
  open: boolean;
  parties: readonly Party[];
}

export function talkOfChat(call: CallView, chat: ChatView): Talk {
  return {
    title: neutralName(chat.participant),
    since: call.since,
    waiting: call.phase === 'connected' ? null : t(call.phase === 'calling' ? 'call-calling' : call.since === null ? 'call-connecting' : 'call-again'),
    open: false,
    parties: [
      {
        key: other,
        name: neutralName(chat.participant),
        face: chat.safety_number,
        connected: call.phase === 'connected',
        apart: null,
        words: call.words,
        muted: call.microphone_off,
        camera: call.camera_on,
        screen: call.screen_shown,
      },
    ],
  };
}

export function talkOfRoom(room: RoomView): Talk | null {
  if (room.call?.joined !== true) return null;
  const parties = room.call.parties.map((party) => ({
    key: party.session,
    name: neutralName(party.name) || t('room-somebody'),
    face: null,
    connected: party.connected,
    apart: party.connected ? null : t(party.distrusted ? 'call-distrusted' : 'call-connecting'),
    words: party.words,
    muted: party.microphone_off,
    camera: party.camera_on,
    screen: party.screen_shown,
  }));
  return { title: neutralName(room.label) || t('room'), since: room.call.since, waiting: parties.some((party) => party.connected) ? null : (parties[0]?.apart ?? t('call-alone')), open: true, parties };
}
