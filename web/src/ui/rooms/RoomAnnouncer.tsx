import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import type { RoomHere } from '../state/types';
import { firstLine, whose } from './conversation';
import { roomNotice } from './notices';

const spoken = 300;

/** Reads new lines of others out, once and politely. */
export function RoomAnnouncer({ room }: { room: RoomHere }) {
  const [words, setWords] = useState('');
  const last = room.lines.at(-1);
  const heard = useRef<number | null>(null);
  useEffect(() => {
    if (last === undefined) return;
    const before = heard.current;
    heard.current = last.position;
    if (before === null || last.position <= before || last.own) return;
    setWords(last.notice === 'none' ? t('announce', { who: whose(last), text: firstLine(last, spoken) }) : roomNotice([last], room.view));
  }, [last?.position]);
  return (
    <div class="spoken" role="status" aria-live="polite">
      {words}
    </div>
  );
}
