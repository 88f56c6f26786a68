import { t } from '../../messages/messages';
import { Avatar } from '../parts/Avatar';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { chatOf } from '../state/reduce';
import { useSelected } from '../state/store';
import { neutralName } from '../text/neutralise';
import { before, hangUp, mine, possible, present } from './calling';
import { CallBefore } from './CallBefore';
import { CallScreen } from './CallScreen';

/** Whatever there is of a call, over all screens. */
export function CallLayer() {
  const call = present.value;
  const asked = before.value;
  const here = mine.value;
  const id = call?.chat ?? asked?.chat ?? null;
  const chat = useSelected((s) => (id === null ? null : chatOf(s, id)));
  if (chat === null) return null;
  const who = chat.participant;
  if (asked !== null && here === null) return <CallBefore asked={asked} who={who} onClose={() => (before.value = null)} />;
  if (call === null) return null;
  if (call.phase === 'ringing' && here === null) {
    return (
      <Dialog title={t(call.media === 'video' ? 'call-rings-video' : 'call-rings', { who: neutralName(who) })} onClose={declineIfRinging}>
        <div class="ringing">
          <Avatar safetyNumber={chat.safety_number} large />
          {!possible && <p>{t('call-impossible')}</p>}
        </div>
        <div class="actions">
          <Button look="danger" icon="phone-off" onClick={() => void hangUp()}>
            {t('call-decline')}
          </Button>
          {possible && (
            <>
              {call.media === 'video' && (
                <Button icon="phone" onClick={() => (before.value = { chat: call.chat, media: 'voice', answer: true })}>
                  {t('call-answer-voice')}
                </Button>
              )}
              <Button look="primary" icon={call.media === 'video' ? 'video' : 'phone'} onClick={() => (before.value = { chat: call.chat, media: call.media, answer: true })}>
                {t('call-answer')}
              </Button>
            </>
          )}
        </div>
      </Dialog>
    );
  }
  return <CallScreen call={call} chat={chat} />;
}

/** A dialog that is taken away closes too: only while nothing was answered is that a no. */
function declineIfRinging(): void {
  if (before.peek() === null && mine.peek() === null && present.peek()?.phase === 'ringing') void hangUp();
}
