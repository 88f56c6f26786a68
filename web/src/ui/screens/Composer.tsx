import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { ChatStage, ChatView } from '../../core/api';
import { t } from '../../messages/messages';
import { say } from '../actions/messages';
import { Icon } from '../parts/Icon';
import { dispatch, useReadOnly, useSelected } from '../state/store';
import { bytesOver } from '../text/bytes';

const silent: readonly ChatStage[] = ['secret_failed', 'needs_new_secret', 'stopped', 'left', 'retired'];
const tallest = 180;

/** Where one writes. The text is the chat's draft until it is said. */
export function Composer({ chat, input }: { chat: ChatView; input: RefObject<HTMLTextAreaElement | null> }) {
  const draft = useSelected((s) => s.drafts[chat.id] ?? '');
  const over = bytesOver(draft);
  const readOnly = useReadOnly();

  useLayoutEffect(() => {
    const box = input.current;
    if (box === null) return;
    box.style.height = 'auto';
    box.style.height = `${Math.min(tallest, box.scrollHeight)}px`;
  }, [draft]);

  if (silent.includes(chat.stage) || readOnly) return null;

  function send(): void {
    const text = draft.replace(/^\s*\n/, '').trimEnd();
    if (text === '' || over > 0) return;
    void say(chat.id, text);
    input.current?.focus();
  }

  function press(event: KeyboardEvent): void {
    // while an input method composes, Enter chooses a word
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      class="composer"
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      {over > 0 && (
        <p class="field-error" role="alert">
          {t('message-too-long', { over })}
        </p>
      )}
      <div class="composer-line">
        <textarea
          ref={input}
          rows={1}
          dir="auto"
          value={draft}
          placeholder={t('write')}
          aria-label={t('write')}
          aria-invalid={over > 0}
          autocomplete="off"
          onInput={(e) => dispatch({ kind: 'draft', chat: chat.id, text: e.currentTarget.value })}
          onKeyDown={press}
        />
        <button type="submit" class="send" aria-label={t('send')} title={t('send')} disabled={draft.trim() === '' || over > 0} onPointerDown={(e) => e.preventDefault()}>
          <Icon name="send-horizontal" />
        </button>
      </div>
    </form>
  );
}

