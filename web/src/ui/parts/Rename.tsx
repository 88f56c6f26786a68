import { useEffect, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { errorId } from '../actions/core';
import { Button } from './Button';
import { Field } from './Field';
import { useTask } from './useTask';

interface Props {
  name: string;
  label: string;
  hint: string;
  /** False where it may be empty. */
  required?: boolean;
  onRename: (name: string) => Promise<void>;
}

/** A name that can be changed. */
export function Rename({ name, label, hint, required = true, onRename }: Props) {
  const [typed, setTyped] = useState(name);
  const task = useTask();
  useEffect(() => setTyped(name), [name]);
  return (
    <form
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        if (typed.trim() !== name) void task.run(() => onRename(typed.trim()));
      }}
    >
      <Field label={label} value={typed} onValue={setTyped} hint={hint} required={required} error={task.refusal === null ? null : t(errorId(task.refusal))} />
      {typed.trim() !== name && (
        <Button type="submit" icon="pencil" disabled={task.busy}>
          {t('rename')}
        </Button>
      )}
    </form>
  );
}
