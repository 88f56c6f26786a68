import { useState } from 'preact/hooks';
import type { OpenIdentity } from '../../core/api';
import { t } from '../../messages/messages';
import { deleteIdentity } from '../actions/identity';
import { neutralName } from '../text/neutralise';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { Field } from './Field';
import { TaskLine } from './TaskLine';
import { useTask } from './useTask';

/** The end of an identity: its name has to be typed. */
export function DeleteIdentity({ open }: { open: OpenIdentity }) {
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const task = useTask();
  const name = neutralName(open.identity.name);
  return (
    <>
      <p class="hint">{t('delete-identity-hint')}</p>
      <Button look="danger" icon="trash" onClick={() => setAsking(true)}>
        {t('delete-identity')}
      </Button>
      {asking && (
        <Dialog title={t('delete-identity')} onClose={() => setAsking(false)}>
          <p>{t('delete-identity-what')}</p>
          <form
            noValidate
            onSubmit={(e) => {
              e.preventDefault();
              if (neutralName(typed) === name) void task.run(() => deleteIdentity(open.id));
            }}
          >
            <Field label={t('delete-identity-type', { name })} value={typed} onValue={setTyped} />
            <TaskLine task={task} words={t('deleting')} />
            <div class="actions">
              <Button onClick={() => setAsking(false)}>{t('cancel')}</Button>
              <Button look="danger" type="submit" disabled={task.busy || neutralName(typed) !== name}>
                {t('delete-identity')}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
