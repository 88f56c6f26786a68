import { dispatch } from '../state/store';
import type { Action } from '../state/types';

/** What happened: the whole of what it is about. */
type Happened = Extract<Action, { kind: 'event' | 'room-event' }>;

const open = new Set<Happened[]>();

/** Takes an event in, and keeps it for the answers that are on their way. */
export function hear(happened: Happened): void {
  for (const missed of open) missed.push(happened);
  dispatch(happened);
}

/** Asks, and takes the answer in. It may have been made before an event that is here already, so what happened meanwhile is told again. */
export async function read<T>(ask: () => Promise<T>, take: (answer: T) => void): Promise<void> {
  const missed: Happened[] = [];
  open.add(missed);
  try {
    take(await ask());
    for (const happened of missed) dispatch(happened);
  } finally {
    open.delete(missed);
  }
}
