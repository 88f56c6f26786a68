import type { RoomView } from '../../core/api';
import { t } from '../../messages/messages';
import { Button } from '../parts/Button';
import { Note } from '../parts/Note';
import { goInstead } from '../state/places';
import { leaveRoom, saveConversation } from './acts';
import { useUp } from './useUp';

/** A room that is over: why, and that closing its screen takes away what is still on it. */
export function Ended({ view }: { view: RoomView }) {
  const up = useUp();
  return (
    <Note tone="info" live>
      <p>{t(`room-ended-${view.ending.replaceAll('_', '-')}`)}</p>
      <p>{t('room-ended-what')}</p>
      <div class="actions">
        <Button
          look="primary"
          onClick={() => {
            goInstead(up);
            void leaveRoom(view.id).catch(() => undefined);
          }}
        >
          {t('room-close')}
        </Button>
        <Button icon="download" onClick={() => saveConversation(view)}>
          {t('room-save')}
        </Button>
      </div>
    </Note>
  );
}
