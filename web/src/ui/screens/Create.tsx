import { useEffect, useRef, useState } from 'preact/hooks';
import type { HostView } from '../../core/api';
import { t } from '../../messages/messages';
import { createIdentity } from '../actions/identity';
import { errorId } from '../actions/core';
import { Button } from '../parts/Button';
import { Check, Field } from '../parts/Field';
import { Heading } from '../parts/Heading';
import { LinkWaits } from '../parts/LinkWaits';
import { longEnough, NewPassword } from '../parts/NewPassword';
import { Note } from '../parts/Note';
import { StorageWarning } from '../parts/StorageWarning';
import { TaskLine } from '../parts/TaskLine';
import { useTask } from '../parts/useTask';
import { keepsNothing } from '../state/reduce';
import { useSelected } from '../state/store';

/** A name and a password, and there is an identity. */
export function Create({ host }: { host: HostView }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [relay, setRelay] = useState('');
  const [memory, setMemory] = useState(host.storage === 'memory');
  const nothing = useSelected(keepsNothing);
  const [tried, setTried] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const task = useTask();
  useEffect(() => first.current?.focus(), []);

  function submit(event: Event): void {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== '' && longEnough(password)) void task.run(() => createIdentity(name.trim(), password, relay.trim() === '' ? null : relay.trim(), memory));
  }

  const aboutName = task.refusal === 'bad_name';
  return (
    <main class="outside">
      <Heading up={{ kind: 'home' }}>{t('create-identity')}</Heading>
      <LinkWaits unlocked={false} />
      <form onSubmit={submit} noValidate>
        <Field
          label={t('create-name')}
          value={name}
          onValue={setName}
          hint={t('create-name-hint')}
          autocomplete="nickname"
          error={tried && name.trim() === '' ? t('create-name-missing') : aboutName ? t(errorId('bad_name')) : null}
          input={first}
        />
        <NewPassword label={t('create-password')} value={password} onValue={setPassword} name={name} tried={tried} />
        <Note>{t('create-password-why')}</Note>
        <details>
          <summary>{t('more-choices')}</summary>
          <Field label={t('create-relay')} value={relay} onValue={setRelay} hint={t('create-relay-hint')} mono required={false} />
          {!nothing && <Check label={t('create-memory')} hint={t('create-memory-hint')} checked={memory} onChecked={setMemory} />}
        </details>
        <StorageWarning />
        <TaskLine task={aboutName ? { ...task, refusal: null } : task} words={t('creating')} />
        <div class="actions">
          <Button look="primary" type="submit" disabled={task.busy}>
            {t('create-identity')}
          </Button>
        </div>
      </form>
    </main>
  );
}
