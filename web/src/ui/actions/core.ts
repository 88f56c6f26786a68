import { CoreError, type CommandName, type Core, type Reply } from '../../core/core';
import type { Commands } from '../../core/api';
import { dispatch } from '../state/store';
import type { Refusal, Toast } from '../state/types';

let held: Core | null = null;

export function holdCore(connected: Core): void {
  held = connected;
}

export function core(): Core {
  if (held === null) throw new Error('no core yet');
  return held;
}

export function call<K extends CommandName>(name: K, args: Commands[K]['args'], bytes?: Uint8Array): Promise<Commands[K]['result']> {
  return bytes === undefined ? core().call(name, args) : core().call(name, args, bytes);
}

export function callWithBytes<K extends CommandName>(name: K, args: Commands[K]['args'], bytes?: Uint8Array): Promise<Reply<K>> {
  return bytes === undefined ? core().callWithBytes(name, args) : core().callWithBytes(name, args, bytes);
}

/** The name of what went wrong; its sentence is in the catalogue. */
export function refusalOf(failure: unknown): Refusal {
  return failure instanceof CoreError ? failure.code : 'failed';
}

let keys = 0;

export function newKey(prefix: string): string {
  return `${prefix}${++keys}`;
}

/** A line that passes by itself, or with an undo button. */
export function toast(text: string, more: Partial<Pick<Toast, 'args' | 'undo' | 'passing'>> = {}): string {
  const key = newKey('toast');
  dispatch({ kind: 'toast', toast: { key, text, passing: true, ...more } });
  return key;
}

export function toastRefusal(failure: unknown): void {
  toast(errorId(refusalOf(failure)));
}

export function errorId(refusal: Refusal): string {
  return `error-${refusal.replaceAll('_', '-')}`;
}
