import { useSelected } from '../state/store';
import type { Place } from '../state/types';

/** Where the arrow of a room's screen leads: to the chats if an identity is open, else to the first screen. */
export function useUp(): Place {
  const open = useSelected((s) => s.host?.open != null);
  return open ? { kind: 'chats' } : { kind: 'home' };
}
