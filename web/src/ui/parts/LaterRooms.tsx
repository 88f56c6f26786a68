import { useEffect, useState } from 'preact/hooks';
import { fetchPart } from '../../later';
import { t } from '../../messages/messages';
import type { Rooms } from '../rooms/rooms';
import type { Place } from '../state/types';
import { Button } from './Button';
import { Note } from './Note';

let loaded: typeof Rooms | null = null;

/** The screens of rooms, loaded when the first of them is wanted. */
export function LaterRooms({ place }: { place: Place }) {
  const [, redraw] = useState(0);
  const [failed, setFailed] = useState(false);
  const load = (): void => {
    setFailed(false);
    fetchPart('rooms')
      .then(() => import('../rooms/rooms'))
      .then(
        (part) => {
          loaded = part.Rooms;
          redraw((n) => n + 1);
        },
        () => setFailed(true),
      );
  };
  useEffect(() => {
    if (loaded === null) load();
  }, []);
  const Screens = loaded;
  if (Screens !== null && place.kind !== 'coming-back') return <Screens place={place} />;
  return (
    <main class="outside starting">
      {failed ? (
        <Note tone="bad" live>
          <p>{t('room-part-failed')}</p>
          <Button onClick={load}>{t('failed-again')}</Button>
        </Note>
      ) : (
        <p class="working" role="status">
          <progress aria-label={t('room-coming-back')} />
          <span>{t(place.kind === 'coming-back' ? 'room-coming-back' : 'starting')}</span>
        </p>
      )}
    </main>
  );
}
