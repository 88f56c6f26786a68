import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatView } from '../../core/api';
import { t } from '../../messages/messages';
import type { Lines } from '../state/types';
import { neutralName } from '../text/neutralise';
import { noticeText } from '../text/notices';

const spoken = 300;

/** Reads new lines of others out, once and politely; what was there before is left to the person. */
export function Announcer({ chat, lines }: { chat: ChatView; lines: Lines | undefined }) {
  const [words, setWords] = useState('');
  const last = lines?.messages.at(-1);
  const heard = useRef<number | null>(null);
  useEffect(() => {
    if (last === undefined) return;
    const before = heard.current;
    heard.current = last.position;
    if (before === null || last.position <= before || last.own) return;
    const who = neutralName(chat.participant);
    setWords(last.kind === 'notice' ? noticeText(last.notice, chat.participant, last.text) : t('announce', { who, text: neutralName(last.text.slice(0, spoken)) }));
  }, [last?.position]);
  return (
    <div class="spoken" role="status" aria-live="polite">
      {words}
    </div>
  );
}
