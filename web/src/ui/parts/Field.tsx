import type { ComponentChildren, Ref } from 'preact';
import { useId } from 'preact/hooks';

interface Props {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: ComponentChildren;
  error?: string | null;
  autocomplete?: string;
  mono?: boolean;
  required?: boolean;
  input?: Ref<HTMLInputElement>;
}

/** A labelled line to type in, with its hint and what is wrong with it. */
export function Field({ label, value, onValue, hint, error = null, autocomplete = 'off', mono = false, required = true, input }: Props) {
  const id = useId();
  const told = [hint === undefined ? '' : `${id}h`, error === null ? '' : `${id}e`].join(' ').trim();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        ref={input ?? null}
        id={id}
        type="text"
        class={mono ? 'mono' : undefined}
        value={value}
        dir="auto"
        autocomplete={autocomplete}
        autocapitalize="off"
        spellcheck={false}
        required={required}
        aria-invalid={error !== null}
        aria-describedby={told === '' ? undefined : told}
        onInput={(e) => onValue(e.currentTarget.value)}
      />
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

export function Check({ label, hint, checked, onChecked }: { label: ComponentChildren; hint?: ComponentChildren; checked: boolean; onChecked: (checked: boolean) => void }) {
  const id = useId();
  return (
    <div class="check">
      <input id={id} type="checkbox" checked={checked} aria-describedby={hint === undefined ? undefined : `${id}h`} onChange={(e) => onChecked(e.currentTarget.checked)} />
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p id={`${id}h`} class="hint">
          {hint}
        </p>
      )}
    </div>
  );
}
