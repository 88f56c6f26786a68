import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { createChat } from '../actions/chats';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Heading } from '../parts/Heading';
import { TaskLine } from '../parts/TaskLine';
import { useTask } from '../parts/useTask';

/** A chat begins with its name; its secret is there at once. */
export function NewChat() {
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const task = useTask();
  useEffect(() => first.current?.focus(), []);

  function submit(event: Event): void {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== '') void task.run(() => createChat(name.trim()));
  }

  return (
    <main class="content">
      <Heading up={{ kind: 'chats' }}>{t('new-chat')}</Heading>
      <form class="column" onSubmit={submit} noValidate>
        <Field
          label={t('new-chat-name')}
          value={name}
          onValue={setName}
          hint={t('new-chat-hint')}
          error={tried && name.trim() === '' ? t('new-chat-missing') : null}
          input={first}
        />
        <TaskLine task={task} words={t('new-chat-making')} />
        <div class="actions">
          <Button look="primary" type="submit" icon="key-round" disabled={task.busy}>
            {t('new-chat-make')}
          </Button>
        </div>
      </form>
    </main>
  );
}
