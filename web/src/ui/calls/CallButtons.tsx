import { t } from '../../messages/messages';
import { IconButton } from '../parts/Button';
import { onePane, useMedia } from '../parts/useMedia';
import { before, busy } from './calling';
import { possible, type Place } from './media';

/** Voice and video, in the head of a chat in which somebody is there, or of a room. */
export function CallButtons({ place }: { place: Place }) {
  const phone = useMedia(onePane);
  if (!possible) return null;
  return (
    <>
      <IconButton icon="phone" label={t('call-voice')} disabled={busy.value} onClick={() => (before.value = { place, media: 'voice', answer: false })} />
      {/* on a phone the name needs the room; the next dialog has the choice too */}
      {!phone && <IconButton icon="video" label={t('call-video')} disabled={busy.value} onClick={() => (before.value = { place, media: 'video', answer: false })} />}
    </>
  );
}
