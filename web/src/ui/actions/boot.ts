import type { ClientEvent, HostView } from '../../core/api';
import type { Core } from '../../core/core';
import { onLink, takeLink } from '../../link';
import { followHistory, go } from '../state/places';
import { dispatch, state } from '../state/store';
import { findCall, forgetCall, onCall } from '../calls/calling';
import { onRoomCall } from '../calls/room-calling';
import { call, holdCore, refusalOf, toast } from './core';
import { onMessage } from './notify';
import { hear, read } from './reading';
import { comeBack, hearRoom, isRoomLink, openRoomLink } from './rooms';
import { isPassing } from './storage';

/** Connects the state to the core: what it is, what happens, and which identity is open. */
export function boot(core: Core, early: Promise<HostView | null>): void {
  holdCore(core);
  followHistory();
  core.onState((now) => {
    dispatch({ kind: 'core', state: now });
    if (now === 'ready') void refresh();
  });
  core.onHost(() => void refresh());
  core.onEvent(onEvent);
  core.onRoom((happened) => {
    hearRoom(happened);
    onRoomCall(happened);
  });
  dispatch({ kind: 'core', state: core.state });
  if (core.state === 'ready') void refresh();
  void early.then((host) => {
    // what the core says is never replaced
    if (host !== null && state.peek().host === null) dispatch({ kind: 'host', host });
  });
  void isPassing().then((passing) => {
    if (passing) dispatch({ kind: 'passing' });
  });
  onLink(openLink);
  openLink();
  void comeBack();
}

/** Asks the core what is there: identities, and of the open one its chats and relays. */
export async function refresh(): Promise<void> {
  try {
    const open = state.peek().host?.open?.id;
    const host = await call('host.show', {});
    dispatch({ kind: 'host', host });
    // with the identity that was open its call is over: no microphone stays open behind a lock
    if (open !== undefined && host.open?.id !== open) forgetCall();
    if (host.open === null) return;
    await read(
      () => Promise.all([call('relays.list', {}), call('chats.list', {})]),
      ([relays, chats]) => {
        dispatch({ kind: 'relays', relays });
        dispatch({ kind: 'chats', chats });
      },
    );
    enterLink();
    void findCall();
  } catch (failure) {
    // locked in between: the host's next change tells
    if (refusalOf(failure) !== 'not_open') toast('error-failed');
  }
}

/** A secret that came as a link waits here until an identity is open. */
function openLink(): void {
  const link = takeLink();
  if (link === null) return;
  if (isRoomLink(link)) {
    openRoomLink(link);
    return;
  }
  dispatch({ kind: 'link', link });
  enterLink();
}

function enterLink(): void {
  const { link, host, place } = state.peek();
  if (link !== null && host?.open != null && place.kind !== 'join') go({ kind: 'join', chat: null });
}

function onEvent(happened: ClientEvent): void {
  hear({ kind: 'event', happened });
  onCall(happened);
  if (happened.kind === 'identity_changed') void refresh();
  if (happened.kind === 'message_added' && happened.message !== null) onMessage(happened.message);
}
