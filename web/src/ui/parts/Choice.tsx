import { useId } from 'preact/hooks';

/** One of a few. */
export function Choice({ label, hint, value, choices, onValue }: { label: string; hint?: string; value: string; choices: readonly (readonly [string, string])[]; onValue: (value: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} aria-describedby={hint === undefined ? undefined : `${id}h`} onChange={(e) => onValue(e.currentTarget.value)}>
        {choices.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}h`} class="hint">
          {hint}
        </p>
      )}
    </div>
  );
}
