import { signal } from '@preact/signals';
import { state } from '../state/store';
import { toastRefusal } from './core';
import { lock } from './identity';

/** True while the person is asked whether a draft may go. */
export const askingToLock = signal(false);

/** Locks at once, unless a draft would be lost: then the person is asked first. */
export function lockAsking(): void {
  if (Object.keys(state.peek().drafts).length > 0) askingToLock.value = true;
  else lockNow();
}

export function lockNow(): void {
  askingToLock.value = false;
  lock().catch(toastRefusal);
}
