import { t } from '../../messages/messages';
import { go } from '../state/places';
import { useSelected } from '../state/store';
import { Icon } from './Icon';
import { Name } from './Name';

/** The rooms that this tab is in; nothing where it is in none. */
export function RoomRows() {
  const rooms = useSelected((s) => s.rooms);
  if (rooms.length === 0) return null;
  return (
    <ul class="room-rows" role="list" aria-label={t('rooms')}>
      {rooms.map(({ view, unread }) => (
        <li key={view.id}>
          <button type="button" class="chat-item" onClick={() => go({ kind: 'room', room: view.id })}>
            <Icon name="door-open" />
            <span class="chat-item-main">
              <span class="chat-item-line">{view.label === '' ? <span class="name strong">{t('room')}</span> : <Name name={view.label} class="strong" />}</span>
              <span class="preview">{view.stage === 'ended' ? t('room-has-ended') : t('room-here-count', { count: view.members.length })}</span>
            </span>
            {unread > 0 && (
              <span class="count">
                <span aria-hidden="true">{unread}</span>
                <span class="spoken">{t('unread-count', { count: unread })}</span>
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}
