import type { ClientEvent, Commands } from '../../core/api';
import type { CommandName } from '../../core/core';
import { dispatch } from '../state/store';
import { call } from './core';

const open = new Set<ClientEvent[]>();

/** Takes an event in, and keeps it for the answers that are on their way. */
export function hear(happened: ClientEvent): void {
  for (const missed of open) missed.push(happened);
  dispatch({ kind: 'event', happened });
}

/**
 * Asks, and takes the answer in. It may have been made before an event that is here already, so what happened meanwhile is told again: an
 * event carries the whole of what it is about.
 */
export async function read<K extends CommandName>(name: K, args: Commands[K]['args'], take: (answer: Commands[K]['result']) => void): Promise<void> {
  const missed: ClientEvent[] = [];
  open.add(missed);
  try {
    take(await call(name, args));
    for (const happened of missed) dispatch({ kind: 'event', happened });
  } finally {
    open.delete(missed);
  }
}
