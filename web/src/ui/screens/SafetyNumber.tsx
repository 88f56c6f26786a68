import { useState } from 'preact/hooks';
import type { ChatView } from '../../core/api';
import { t } from '../../messages/messages';
import { verifyChat } from '../actions/chats';
import { Avatar } from '../parts/Avatar';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Note } from '../parts/Note';
import { TaskLine } from '../parts/TaskLine';
import { useTask } from '../parts/useTask';
import { useReadOnly } from '../state/store';
import { neutralName } from '../text/neutralise';

/** The number that both sides see alike if nobody is between them. */
export function SafetyNumber({ chat, number }: { chat: ChatView; number: string }) {
  const [typed, setTyped] = useState('');
  const task = useTask();
  const who = neutralName(chat.participant);
  const readOnly = useReadOnly();
  const verified = chat.verification === 'verified';
  return (
    <section>
      <h2>{t('safety-number')}</h2>
      <p>{t(verified ? 'safety-done' : 'safety-what', { who })}</p>
      <ol class="number" role="list" aria-label={t('safety-number')}>
        {number.split(/\s+/).map((group, i) => (
          <li key={i}>{group}</li>
        ))}
      </ol>
      <p class="pattern">
        <Avatar safetyNumber={number} large />
        <span class="hint">{t('safety-pattern', { who })}</span>
      </p>
      {verified && <Note tone="good">{t('trust-verified')}</Note>}
      {!verified && !readOnly && (
        <form
          noValidate
          onSubmit={(e) => {
            e.preventDefault();
            void task.run(() => verifyChat(chat.id, typed.trim() === '' ? null : typed));
          }}
        >
          <Field label={t('safety-theirs')} value={typed} onValue={setTyped} hint={t('safety-theirs-hint', { who })} mono required={false} />
          <TaskLine task={task} words={t('comparing')} />
          <Button look="primary" type="submit" icon="shield-check" disabled={task.busy}>
            {t(typed.trim() === '' ? 'they-match' : 'compare')}
          </Button>
        </form>
      )}
    </section>
  );
}
