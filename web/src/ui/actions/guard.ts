import { effect } from '@preact/signals';
import { busy } from '../calls/calling';
import { mine } from '../calls/media';
import { goesWithWindow } from '../state/reduce';
import { state } from '../state/store';
import type { State } from '../state/types';
import { call } from './core';
import { lock } from './identity';
import { canHold } from './holding';
import { settings } from './settings';

const looks = 5_000;

/** Locks after the minutes that the person chose without a key, a click or a touch in any tab. */
export function lockWhenIdle(): void {
  let last = Date.now();
  const tabs = new BroadcastChannel('secrets-active');
  tabs.addEventListener('message', () => (last = Date.now()));
  const active = (): void => {
    const now = Date.now();
    // after a sleep the first key must not come before the lock
    if (isOver(now)) void lock();
    else if (now - last > looks) tabs.postMessage(null);
    last = now;
  };
  const isOver = (now: number): boolean => {
    // who talks touches nothing
    if (busy.peek()) last = now;
    const minutes = settings.peek().lockAfter;
    return minutes > 0 && state.peek().host?.open != null && now - last >= minutes * 60_000;
  };
  for (const kind of ['keydown', 'pointerdown', 'wheel', 'touchstart']) addEventListener(kind, active, { passive: true, capture: true });
  const look = (): void => {
    if (isOver(Date.now())) void lock();
  };
  setInterval(look, looks);
  document.addEventListener('visibilitychange', look);
}

/** True if something would be lost with this page: a draft, a message that the core has not taken yet, or an identity that is kept nowhere. */
export function hasUnkept(now: State): boolean {
  // with a service worker a reload keeps one's place in a room; without one it is gone
  if (now.rooms.some((room) => room.view.stage !== 'ended') && !canHold()) return true;
  if (now.host?.open == null) return false;
  return Object.keys(now.drafts).length > 0 || Object.values(now.lines).some((lines) => lines.echoes.length > 0) || (goesWithWindow(now) && !now.exported);
}

/** Asks before the tab is closed or reloaded while something would be lost. */
export function guardTab(): void {
  // the other side is told at once, where another tab has the core; one that goes with this page can't
  addEventListener('pagehide', ({ persisted }) => {
    if (!persisted && mine.peek()?.place.kind === 'chat') call('calls.end', {}).catch(() => undefined);
  });
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
  let asking = false;
  effect(() => {
    // with the tab that has it a call is over
    const needed = hasUnkept(state.value) || mine.value !== null;
    if (needed === asking) return;
    asking = needed;
    // only while needed: a page that listens always is slower to come back to
    if (needed) addEventListener('beforeunload', ask);
    else removeEventListener('beforeunload', ask);
  });
}
