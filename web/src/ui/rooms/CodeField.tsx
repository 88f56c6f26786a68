import { useEffect, useId, useRef } from 'preact/hooks';
import type { RoomCodeView } from '../../core/api';
import { t } from '../../messages/messages';
import { errorId } from '../actions/core';
import { Button } from '../parts/Button';
import { Note } from '../parts/Note';
import { go } from '../state/places';
import { dispatch, useSelected } from '../state/store';
import type { Refusal } from '../state/types';
import { codeWords, withWord, wordsIn } from './code';

interface Props {
  value: string;
  onValue: (code: string) => void;
  /** What the core says of it; null while it is being asked. */
  checked: RoomCodeView | null;
  tried: boolean;
}

/** Where a code is typed. A typo is named as soon as there are eight words, with the word that may be meant. */
export function CodeField({ value, onValue, checked, tried }: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (value === '') field.current?.focus();
  }, []);
  const words = wordsIn(value).length;
  const isSecret = /(^|#)\s*secret\d/i.test(value);
  const typo = checked?.error === 'room_code_mistyped';
  // half a code is no mistake yet
  const wrong = tried && (value.trim() === '' ? t('room-code-missing') : !typo && checked?.error != null ? t(errorId(checked.error as Refusal)) : null);
  const error = wrong === false ? null : wrong;

  return (
    <div class="field">
      <label for={id}>{t('room-code')}</label>
      <textarea
        ref={field}
        id={id}
        class="mono"
        rows={3}
        value={value}
        dir="ltr"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        required
        aria-invalid={error !== null || typo}
        aria-describedby={`${id}h ${id}e`}
        onInput={(e) => onValue(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key !== 'Enter' || e.shiftKey || e.isComposing) return;
          e.preventDefault();
          e.currentTarget.form?.requestSubmit();
        }}
      />
      <p id={`${id}h`} class="hint">
        {checked?.error === null ? t('room-code-good') : words > 0 && words < codeWords && !value.includes('#') ? t('room-code-count', { words }) : t('room-code-hint')}
      </p>
      <div id={`${id}e`} role="status">
        {error !== null && !isSecret && <p class="field-error">{error}</p>}
        {typo && (
          <Note tone="warn">
            <p>{typoWords(value, checked)}</p>
            {checked.suggestion !== null && (
              <Button onClick={() => onValue(withWord(value, checked.position, checked.suggestion ?? ''))}>{t('room-code-use', { word: checked.suggestion })}</Button>
            )}
          </Note>
        )}
        {isSecret && <SecretInstead secret={value} />}
      </div>
    </div>
  );
}

/** A secret for a chat is no way into a room. */
function SecretInstead({ secret }: { secret: string }) {
  const open = useSelected((s) => s.host?.open != null);
  return (
    <Note tone="warn">
      <p>{t(open ? 'room-code-is-secret' : 'room-code-is-secret-locked')}</p>
      {open && (
        <Button
          onClick={() => {
            dispatch({ kind: 'link', link: secret.slice(secret.indexOf('#') + 1) });
            go({ kind: 'join', chat: null });
          }}
        >
          {t('enter-secret')}
        </Button>
      )}
    </Note>
  );
}

function typoWords(code: string, { position, suggestion }: RoomCodeView): string {
  const typed = wordsIn(code)[position - 1] ?? '';
  if (position === 0 || code.includes('#')) return t('error-room-code-mistyped');
  return suggestion === null ? t('room-code-typo', { position, typed }) : t('room-code-typo-meant', { position, typed, word: suggestion });
}
