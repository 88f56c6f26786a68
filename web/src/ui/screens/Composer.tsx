import type { RefObject } from 'preact';
import type { ChatStage, ChatView } from '../../core/api';
import { t } from '../../messages/messages';
import { say } from '../actions/messages';
import { WriteLine } from '../parts/WriteLine';
import { dispatch, useReadOnly, useSelected } from '../state/store';
import { bytesOver } from '../text/bytes';

const silent: readonly ChatStage[] = ['secret_failed', 'needs_new_secret', 'stopped', 'left', 'retired'];

/** Where one writes in a chat. The text is the chat's draft until it is said. */
export function Composer({ chat, input }: { chat: ChatView; input: RefObject<HTMLTextAreaElement | null> }) {
  const draft = useSelected((s) => s.drafts[chat.id] ?? '');
  const over = bytesOver(draft);
  const readOnly = useReadOnly();
  if (silent.includes(chat.stage) || readOnly) return null;
  return (
    <WriteLine
      value={draft}
      over={over}
      tooLong={t('message-too-long', { over })}
      input={input}
      onValue={(text) => dispatch({ kind: 'draft', chat: chat.id, text })}
      onSend={(text) => void say(chat.id, text)}
    />
  );
}
