import { t } from '../../messages/messages';
import { go } from '../state/places';
import { useSelected } from '../state/store';
import { Button } from './Button';
import { RoomRows } from './RoomRows';

/** Rooms, for whoever has an identity and whoever has none: what they are, the ways in, and those that this tab is in. */
export function RoomWays() {
  const some = useSelected((s) => s.rooms.length > 0);
  return (
    <section class="room-ways">
      <h2>{t('rooms')}</h2>
      {some ? <RoomRows /> : <p>{t('rooms-what')}</p>}
      <div class="actions">
        <Button icon="door-open" onClick={() => go({ kind: 'open-room' })}>
          {t('open-room')}
        </Button>
        <Button icon="log-in" onClick={() => go({ kind: 'enter-room' })}>
          {t('enter-room')}
        </Button>
      </div>
    </section>
  );
}
