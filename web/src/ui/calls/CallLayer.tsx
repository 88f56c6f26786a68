import type { CallView, ChatView } from '../../core/api';
import { t } from '../../messages/messages';
import { Avatar } from '../parts/Avatar';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { chatOf } from '../state/reduce';
import { roomOf } from '../state/rooms';
import { useSelected } from '../state/store';
import { neutralName } from '../text/neutralise';
import { before, hangUp, other, present } from './calling';
import { CallBefore } from './CallBefore';
import { CallScreen } from './CallScreen';
import { mine, possible } from './media';
import { leaveRoomCall } from './room-calling';
import { talkOfChat, talkOfRoom } from './talk';

/** Whatever there is of a call, over all screens. */
export function CallLayer() {
  return (
    <>
      <RoomCall />
      <ChatBefore />
      <ChatCall />
      <RoomBefore />
    </>
  );
}

function RoomCall() {
  const place = mine.value?.place;
  const room = useSelected((s) => (place?.kind === 'room' ? roomOf(s, place.id) : null));
  const talk = room === null ? null : talkOfRoom(room.view);
  // until everything is prepared the dialog is what there is to see
  const beginning = before.value?.place.kind === 'room' && before.value.place.id === place?.id;
  return talk === null || beginning ? null : <CallScreen talk={talk} onEnd={() => void leaveRoomCall()} />;
}

function RoomBefore() {
  const asked = before.value;
  const room = useSelected((s) => (asked?.place.kind === 'room' ? roomOf(s, asked.place.id) : null));
  if (asked === null || room === null || room.view.stage === 'ended') return null;
  const { call } = room.view;
  const others = (call?.parties ?? []).map(({ session, name }) => ({ key: session, name }));
  return <CallBefore asked={asked} title={t(call === null ? 'call-room' : 'call-room-join')} act={t(call === null ? 'call-begin' : 'call-join')} others={others} onClose={() => (before.value = null)} />;
}

function ChatBefore() {
  const asked = before.value?.place.kind === 'chat' ? before.value : null;
  const chat = useSelected((s) => (asked === null ? null : chatOf(s, asked.place.id)));
  if (asked === null || chat === null) return null;
  const who = neutralName(chat.participant);
  return (
    <CallBefore
      key={chat.id}
      asked={asked}
      title={t(asked.answer ? 'call-answer-who' : 'call-who', { who })}
      act={t(asked.answer ? 'call-take' : 'call-begin')}
      others={[{ key: other, name: chat.participant }]}
      onClose={() => (before.value = null)}
    />
  );
}

function ChatCall() {
  const call = present.value;
  const asked = before.value?.place.kind === 'chat' ? before.value : null;
  const chat = useSelected((s) => (call === null ? null : chatOf(s, call.chat)));
  const here = mine.value?.place.kind === 'chat';
  // what is prepared for this very call is all there is to see of it
  if (call === null || chat === null || asked?.place.id === call.chat) return null;
  if (call.phase === 'ringing' && !here) return <Ringing call={call} chat={chat} />;
  return <CallScreen talk={talkOfChat(call, chat)} onEnd={() => void hangUp()} elsewhere={!here} />;
}

function Ringing({ call, chat }: { call: CallView; chat: ChatView }) {
  const answer = (media: 'voice' | 'video') => (): void => void (before.value = { place: { kind: 'chat', id: call.chat }, media, answer: true });
  return (
    <Dialog title={t(call.media === 'video' ? 'call-rings-video' : 'call-rings', { who: neutralName(chat.participant) })} onClose={declineIfRinging}>
      <div class="ringing">
        <Avatar safetyNumber={chat.safety_number} large />
        {!possible && <p>{t('call-impossible')}</p>}
        {mine.value?.place.kind === 'room' && <p>{t('call-ends-room')}</p>}
      </div>
      <div class="actions">
        <Button look="danger" icon="phone-off" onClick={() => void hangUp()}>
          {t('call-decline')}
        </Button>
        {possible && (
          <>
            {call.media === 'video' && (
              <Button icon="phone" onClick={answer('voice')}>
                {t('call-answer-voice')}
              </Button>
            )}
            <Button look="primary" icon={call.media === 'video' ? 'video' : 'phone'} onClick={answer(call.media)}>
              {t('call-answer')}
            </Button>
          </>
        )}
      </div>
    </Dialog>
  );
}

/** A dialog that is taken away closes too: only while nothing was answered is that a no. */
function declineIfRinging(): void {
  if (before.peek()?.answer !== true && mine.peek()?.place.kind !== 'chat' && present.peek()?.phase === 'ringing') void hangUp();
}
