import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatView } from '../../core/api';
import { t } from '../../messages/messages';
import { enterSecret } from '../actions/chats';
import { isRoomLink, openRoomLink } from '../actions/rooms';
import { Button } from '../parts/Button';
import { Confirm } from '../parts/Dialog';
import { Check, Field } from '../parts/Field';
import { Heading } from '../parts/Heading';
import { Note } from '../parts/Note';
import { SecretField, type Came } from '../parts/SecretField';
import { TaskLine } from '../parts/TaskLine';
import { useTask } from '../parts/useTask';
import { state } from '../state/store';

/** Somebody's secret: what to call them, and whether it came from them directly. */
export function Join({ chat }: { chat: ChatView | null }) {
  // a link that was opened is taken over; from here on it is in this form
  const [secret, setSecret] = useState(chat === null ? (state.peek().link ?? '') : '');
  const [came, setCame] = useState<Came>(secret === '' ? 'typed' : 'link');
  const [name, setName] = useState(chat?.their_name ?? '');
  const [direct, setDirect] = useState(false);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const task = useTask();
  useEffect(() => {
    if (secret !== '') first.current?.focus();
  }, []);

  function take(text: string, how: Came): void {
    setSecret(text);
    setCame(how);
    task.refuse(null);
    // scanned from a screen is from hand to hand; the person can say otherwise
    if (how === 'scanned') setDirect(true);
    if (how !== 'typed') first.current?.focus();
  }

  async function enter(otherRelays: boolean): Promise<void> {
    setAsking(false);
    await task.run(() => enterSecret(chat?.id ?? null, secret.trim(), name.trim(), direct, otherRelays));
  }

  function submit(event: Event): void {
    event.preventDefault();
    setTried(true);
    if (secret.trim() !== '' && (name.trim() !== '' || chat !== null)) void enter(false);
  }

  useEffect(() => setAsking(task.refusal === 'relay_not_chosen'), [task.refusal]);
  const shown = task.refusal === 'secret_mistyped' && (came === 'scanned' || came === 'picture') ? { ...task, refusal: 'scan_nothing' as const } : task;
  const isRoom = isRoomLink(secret.slice(secret.indexOf('#') + 1));
  const visible = task.refusal === 'relay_not_chosen' || isRoom ? { ...task, refusal: null } : shown;

  return (
    <main class="content">
      <Heading up={chat === null ? { kind: 'chats' } : { kind: 'chat', chat: chat.id }}>{t(came === 'link' ? 'join-start' : chat === null ? 'enter-secret' : 'enter-theirs')}</Heading>
      <form class="column" onSubmit={submit} noValidate>
        {came === 'link' ? <p>{t('join-link')}</p> : <p>{t(chat === null ? 'join-what' : 'join-into')}</p>}
        <SecretField value={secret} onValue={take} missing={tried && secret.trim() === ''} />
        {isRoom && (
          <Note tone="warn" live>
            <p>{t('secret-is-room')}</p>
            <Button onClick={() => openRoomLink(secret)}>{t('enter-room')}</Button>
          </Note>
        )}
        <Field
          label={t('join-name')}
          value={name}
          onValue={setName}
          hint={t('join-name-hint')}
          error={tried && chat === null && name.trim() === '' ? t('join-name-missing') : null}
          required={chat === null}
          input={first}
        />
        <Check label={t('join-direct')} hint={t('join-direct-hint')} checked={direct} onChecked={setDirect} />
        <TaskLine task={visible} words={t('joining')} />
        <div class="actions">
          <Button look="primary" type="submit" disabled={task.busy}>
            {t(chat === null ? 'join-start' : 'join-add')}
          </Button>
        </div>
      </form>
      {asking && (
        <Confirm title={t('other-relay-title')} text={t('other-relay-text')} yes={t('other-relay-yes')} onYes={() => void enter(true)} onClose={() => setAsking(false)} />
      )}
    </main>
  );
}
