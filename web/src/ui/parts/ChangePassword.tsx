import { useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { call, toast } from '../actions/core';
import { Button } from './Button';
import { longEnough, NewPassword } from './NewPassword';
import { PasswordField } from './PasswordField';
import { TaskLine } from './TaskLine';
import { useTask } from './useTask';

/** The old password and a new one. */
export function ChangePassword({ name, onDone }: { name: string; onDone: () => void }) {
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const task = useTask();

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (old === '' || !longEnough(password)) return;
    if (!(await task.run(async () => void (await call('identity.password', { old, new: password }))))) return;
    toast('password-changed');
    onDone();
  }

  return (
    <form onSubmit={(e) => void submit(e)} noValidate>
      <PasswordField label={t('password-old')} value={old} onValue={setOld} autocomplete="current-password" />
      <NewPassword label={t('password-new')} value={password} onValue={setPassword} name={name} tried={tried} />
      <p class="hint">{t('password-change-hint')}</p>
      <TaskLine task={task} words={t('password-changing')} />
      <div class="actions">
        <Button onClick={onDone}>{t('cancel')}</Button>
        <Button look="primary" type="submit" disabled={task.busy}>
          {t('change-password')}
        </Button>
      </div>
    </form>
  );
}
