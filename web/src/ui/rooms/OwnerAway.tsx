import { useEffect, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { Note } from '../parts/Note';
import { duration } from '../text/times';

/** The owner's connection was lost: how long the room still waits. The sentence is read out once, the seconds are only to be seen. */
export function OwnerAway({ deadline }: { deadline: string }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Note tone="warn">
      <p role="status">{t('room-owner-away')}</p>
      <p class="mono countdown" aria-hidden="true">
        {duration((Date.parse(deadline) - now) / 1000)}
      </p>
    </Note>
  );
}
