import type { ChatView } from '../../core/api';
import { t } from '../../messages/messages';
import { IconButton } from '../parts/Button';
import { onePane, useMedia } from '../parts/useMedia';
import { useReadOnly } from '../state/store';
import { before, possible, present } from './calling';

/** Voice and video, in the head of a chat in which somebody is there. */
export function CallButtons({ chat }: { chat: ChatView }) {
  const readOnly = useReadOnly();
  const phone = useMedia(onePane);
  if (!possible || readOnly || chat.stage !== 'open') return null;
  const busy = present.value !== null || before.value !== null;
  return (
    <>
      <IconButton icon="phone" label={t('call-voice')} disabled={busy} onClick={() => (before.value = { chat: chat.id, media: 'voice', answer: false })} />
      {/* on a phone the name needs the room; the next dialog has the choice too */}
      {!phone && <IconButton icon="video" label={t('call-video')} disabled={busy} onClick={() => (before.value = { chat: chat.id, media: 'video', answer: false })} />}
    </>
  );
}
