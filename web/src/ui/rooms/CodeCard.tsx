import type { RoomView } from '../../core/api';
import { t } from '../../messages/messages';
import { Button } from '../parts/Button';
import { Note } from '../parts/Note';
import { Qr } from '../parts/Qr';
import { copied } from './acts';
import { wordsIn } from './code';

/** The way into a room: its code to be said, its link to be sent, its QR code to be scanned. */
export function CodeCard({ room, level = 2 }: { room: RoomView; level?: 2 | 3 }) {
  const Tag = level === 2 ? 'h2' : 'h3';
  return (
    <div class="code-card">
      <Tag>{t('room-code')}</Tag>
      <p>{t('room-code-say')}</p>
      <ol class="code-words" role="list" aria-label={t('room-code')}>
        {wordsIn(room.code).map((word, i) => (
          <li key={i}>
            <span class="spoken">{i + 1}. </span>
            {word}
          </li>
        ))}
      </ol>
      <div class="ways">
        <Button icon="copy" onClick={() => void copied(room.code)}>
          {t('room-copy-code')}
        </Button>
        <Button icon="link" onClick={() => void copied(room.link)}>
          {t('copy-link')}
        </Button>
        {'share' in navigator && (
          <Button icon="share-2" onClick={() => void navigator.share({ url: room.link }).catch(() => undefined)}>
            {t('share')}
          </Button>
        )}
      </div>
      {room.locked && <Note tone="warn">{t('room-code-locked')}</Note>}
      <Qr content={room.qr} label={t('room-qr')} />
    </div>
  );
}
