import { t } from '../../messages/messages';
import { useSelected } from '../state/store';
import { Note } from './Note';

/** Says that a secret was opened and waits for an identity. */
export function LinkWaits({ unlocked }: { unlocked: boolean }) {
  const waits = useSelected((s) => s.link !== null);
  return waits ? <Note>{t(unlocked ? 'link-waits-unlock' : 'link-waits-create')}</Note> : null;
}
