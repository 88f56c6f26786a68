import { useState } from 'preact/hooks';
import type { ChatView } from '../../core/api';
import { t } from '../../messages/messages';
import { deleteChat, leaveChat, muteChat, renameChat } from '../actions/chats';
import { Avatar } from '../parts/Avatar';
import { Button } from '../parts/Button';
import { Confirm } from '../parts/Dialog';
import { Check } from '../parts/Field';
import { Heading } from '../parts/Heading';
import { Name } from '../parts/Name';
import { Note } from '../parts/Note';
import { Rename } from '../parts/Rename';
import { TaskLine } from '../parts/TaskLine';
import { trustWords } from '../parts/Trust';
import { noDetails, useMedia } from '../parts/useMedia';
import { useTask } from '../parts/useTask';
import { go } from '../state/places';
import { useReadOnly } from '../state/store';
import { date } from '../text/times';
import { SafetyNumber } from './SafetyNumber';
import { SecretSection } from './SecretCard';

/** A chat's settings: who is in it, one's secret for it, its name, and the ways out. */
export function Details({ chat }: { chat: ChatView }) {
  const [leaving, setLeaving] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const task = useTask();
  const instead = useMedia(noDetails);
  const Tag = instead ? 'main' : 'aside';
  const left = chat.stage === 'left';
  const readOnly = useReadOnly();

  return (
    <Tag class="details scrolls" aria-label={t('chat-settings')}>
      <Heading level={instead ? 1 : 2} up={{ kind: 'chat', chat: chat.id }}>
        {t('chat-settings')}
      </Heading>
      <div class="column">
        <Participants chat={chat} />
        {chat.safety_number !== null && <SafetyNumber chat={chat} number={chat.safety_number} />}
        {!left && !readOnly && <SecretSection chat={chat} />}
        {!left && !readOnly && chat.verification !== 'verified' && (
          <section>
            <h2>{t('enter-theirs')}</h2>
            <p>{t('enter-theirs-why')}</p>
            <Button icon="user-plus" onClick={() => go({ kind: 'join', chat: chat.id })}>
              {t('enter-theirs')}
            </Button>
          </section>
        )}
        {!readOnly && (
          <>
            <section>
              <h2>{t('chat-name')}</h2>
              <Rename name={chat.name} label={t('chat-name')} hint={t('chat-name-hint')} onRename={(name) => renameChat(chat.id, name)} />
            </section>
            <section>
              <h2>{t('quiet')}</h2>
              <Check label={t('mute')} hint={t('mute-hint')} checked={chat.muted} onChecked={(muted) => void muteChat(chat.id, muted)} />
            </section>
            <section>
              <h2>{t('ways-out')}</h2>
              <TaskLine task={task} words={t('leaving')} />
              {!left && (
                <>
                  <p class="hint">{t('leave-hint')}</p>
                  <Button icon="log-out" onClick={() => setLeaving(true)}>
                    {t('leave')}
                  </Button>
                </>
              )}
              <p class="hint">{t('delete-hint')}</p>
              <Button look="danger" icon="trash" onClick={() => setDeleting(true)}>
                {t('delete-chat')}
              </Button>
            </section>
          </>
        )}
        <p class="hint">{t('chat-since', { date: date(chat.created) })}</p>
      </div>
      {leaving && (
        <Confirm
          title={t('leave')}
          text={t('leave-hint')}
          yes={t('leave')}
          danger
          onYes={() => {
            setLeaving(false);
            void task.run(() => leaveChat(chat.id));
          }}
          onClose={() => setLeaving(false)}
        />
      )}
      {deleting && <Confirm title={t('delete-chat')} text={t('delete-hint')} yes={t('delete-chat')} danger onYes={() => deleteChat(chat.id)} onClose={() => setDeleting(false)} />}
    </Tag>
  );
}

function Participants({ chat }: { chat: ChatView }) {
  return (
    <section>
      <h2>{t('participants')}</h2>
      <ul class="rows" role="list">
        <li class="row">
          <Avatar safetyNumber={chat.safety_number} />
          <span class="row-main">
            {chat.safety_number === null ? <span>{t('nobody-yet')}</span> : <Name name={chat.participant} class="strong" />}
            {chat.their_name !== null && chat.their_name !== '' && chat.their_name !== chat.participant && (
              <span class="hint">
                {t('calls-itself')} <Name name={chat.their_name} />
              </span>
            )}
            <span class="hint">{chat.safety_number === null ? t(`stage-${chat.stage.replaceAll('_', '-')}`) : trustWords(chat.verification)}</span>
          </span>
        </li>
        <li class="row">
          <span class="row-main">{t('you-alone')}</span>
        </li>
      </ul>
      {chat.secret_in_several_hands && <Note tone="warn">{t('several-hands-why')}</Note>}
    </section>
  );
}
