import { useEffect, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { call } from '../actions/core';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Heading } from '../parts/Heading';
import { TaskLine } from '../parts/TaskLine';
import { useTask } from '../parts/useTask';
import { openRoom } from './acts';
import { NameField, useNickname } from './NameField';
import { useUp } from './useUp';

/** A room begins with a name of one's own in it; its code is there at once. */
export function OpenRoom() {
  const [label, setLabel] = useState('');
  const [name, setName] = useNickname();
  const task = useTask();
  const up = useUp();
  // the part that rooms need is loaded while the person reads
  useEffect(() => void call('rooms.list', {}).catch(() => undefined), []);

  function submit(event: Event): void {
    event.preventDefault();
    void task.run(() => openRoom(label, name));
  }

  return (
    <main class="outside">
      <Heading up={up}>{t('open-room')}</Heading>
      <p>{t('rooms-what')}</p>
      <form onSubmit={submit} noValidate>
        <NameField value={name} onValue={setName} refusal={task.refusal} />
        <Field label={t('room-label')} value={label} onValue={setLabel} hint={t('room-label-hint')} required={false} />
        <TaskLine task={task.refusal === 'bad_name' ? { ...task, refusal: null } : task} words={t('room-opening')} />
        <div class="actions">
          <Button look="primary" type="submit" icon="door-open" disabled={task.busy}>
            {t('open-room')}
          </Button>
        </div>
      </form>
      <p class="hint">{t('room-who-sees')}</p>
    </main>
  );
}
