import type { RoomView } from '../../core/api';
import { t } from '../../messages/messages';
import { Button } from '../parts/Button';
import { Icon } from '../parts/Icon';
import { neutralName } from '../text/neutralise';
import { listOf } from '../text/lists';
import { before, busy } from './calling';
import { possible } from './media';

/** That there is a call in the room, with whom, and the way into it. */
export function RoomCallLine({ room }: { room: RoomView }) {
  const { call } = room;
  if (call === null || call.joined || room.stage === 'ended') return null;
  const who = listOf(call.parties.map((party) => neutralName(party.name) || t('room-somebody')));
  return (
    <div class="room-call" role="status">
      <Icon name={call.media === 'video' ? 'video' : 'phone'} />
      <span>{t('call-room-on', { who })}</span>
      {call.full ? (
        <span class="hint">{t('call-room-full')}</span>
      ) : (
        possible && (
          <Button disabled={busy.value} onClick={() => (before.value = { place: { kind: 'room', id: room.id }, media: call.media, answer: false })}>
            {t('call-join')}
          </Button>
        )
      )}
    </div>
  );
}
