import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { t } from '../../messages/messages';
import { Icon } from './Icon';

const tallest = 180;

interface Props {
  value: string;
  /** How many bytes too long it is, or 0. */
  over: number;
  /** What is said about that. */
  tooLong: string;
  input: RefObject<HTMLTextAreaElement | null>;
  onValue: (text: string) => void;
  onSend: (text: string) => void;
  onPaste?: (event: ClipboardEvent) => void;
  /** Over the line, and before its text. */
  above?: ComponentChildren;
  before?: ComponentChildren;
}

/** Where one writes: Enter sends, Shift and Enter begin a new line, and the line grows with its text. */
export function WriteLine({ value, over, tooLong, input, onValue, onSend, onPaste, above, before }: Props) {
  useLayoutEffect(() => {
    const box = input.current;
    if (box === null) return;
    box.style.height = 'auto';
    box.style.height = `${Math.min(tallest, box.scrollHeight)}px`;
  }, [value]);

  function send(): void {
    const text = value.replace(/^\s*\n/, '').trimEnd();
    if (text === '' || over > 0) return;
    onSend(text);
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
          {tooLong}
        </p>
      )}
      {above}
      <div class="composer-line">
        {before}
        <textarea
          ref={input}
          rows={1}
          dir="auto"
          value={value}
          placeholder={t('write')}
          aria-label={t('write')}
          aria-invalid={over > 0}
          autocomplete="off"
          onInput={(e) => onValue(e.currentTarget.value)}
          onKeyDown={press}
          onPaste={onPaste}
        />
        <button type="submit" class="send" aria-label={t('send')} title={t('send')} disabled={value.trim() === '' || over > 0} onPointerDown={(e) => e.preventDefault()}>
          <Icon name="send-horizontal" />
        </button>
      </div>
    </form>
  );
}
