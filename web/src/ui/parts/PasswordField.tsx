import type { Ref } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { IconButton } from './Button';

interface Props {
  label: string;
  value: string;
  onValue: (value: string) => void;
  autocomplete: 'new-password' | 'current-password' | 'off';
  shown?: boolean;
  error?: string | null;
  hint?: string;
  input?: Ref<HTMLInputElement>;
  describedBy?: string;
}

/** A password, hidden unless the person wants to see it. */
export function PasswordField({ label, value, onValue, autocomplete, shown = false, error = null, hint, input, describedBy }: Props) {
  const id = useId();
  const [seen, setSeen] = useState(false);
  const visible = seen || shown;
  const told = [describedBy ?? '', hint === undefined ? '' : `${id}h`, error === null ? '' : `${id}e`].join(' ').trim();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="with-button">
        <input
          ref={input ?? null}
          id={id}
          type={(visible ? 'text' : 'password') as 'text'}
          class={visible ? 'mono' : undefined}
          value={value}
          autocomplete={autocomplete}
          autocapitalize="off"
          spellcheck={false}
          required
          aria-invalid={error !== null}
          aria-describedby={told === '' ? undefined : told}
          onInput={(e) => onValue(e.currentTarget.value)}
        />
        <IconButton icon={visible ? 'eye-off' : 'eye'} label={t(visible ? 'password-hide' : 'password-show')} onClick={() => setSeen(!visible)} />
      </div>
      {hint !== undefined && (
        <p id={`${id}h`} class="hint">
          {hint}
        </p>
      )}
      {error !== null && (
        <p id={`${id}e`} class="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
