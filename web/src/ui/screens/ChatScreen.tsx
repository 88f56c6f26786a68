import { useEffect, useRef } from 'preact/hooks';
import type { ChatView } from '../../core/api';
import { t } from '../../messages/messages';
import { attend, enterChat } from '../actions/messages';
import { CallButtons } from '../calls/CallButtons';
import { Button, IconButton } from '../parts/Button';
import { Heading } from '../parts/Heading';
import { Name } from '../parts/Name';
import { Note } from '../parts/Note';
import { Trust } from '../parts/Trust';
import { go } from '../state/places';
import { useReadOnly, useSelected } from '../state/store';
import { Composer } from './Composer';
import { Messages } from './Messages';
import { SecretCard } from './SecretCard';

/** A chat: who is there, what was said, and what to say next. */
export function ChatScreen({ chat }: { chat: ChatView }) {
  const lines = useSelected((s) => s.lines[chat.id]);
  const details = useSelected((s) => s.place.kind === 'details');
  const readOnly = useReadOnly();
  const composer = useRef<HTMLTextAreaElement>(null);
  useEffect(() => void enterChat(chat.id), [chat.id]);
  useEffect(() => attend(chat.id), [chat.id]);
  useEffect(() => {
    // on a phone the keyboard would cover what is to be read
    if (matchMedia('(pointer: fine)').matches) composer.current?.focus();
  }, [chat.id]);
  const waits = chat.stage === 'waiting_for_guest';
  const empty = lines !== undefined && lines.messages.length === 0 && lines.echoes.length === 0;

  return (
    <main class="content chat">
      <Heading
        up={{ kind: 'chats' }}
        end={
          <>
            <Trust chat={chat} />
            {!readOnly && chat.stage === 'open' && <CallButtons place={{ kind: 'chat', id: chat.id }} />}
            <IconButton icon="settings" label={t('chat-settings')} pressed={details} onClick={() => go(details ? { kind: 'chat', chat: chat.id } : { kind: 'details', chat: chat.id })} />
          </>
        }
      >
        <Name name={chat.name} />
      </Heading>
      {waits && empty ? (
        <div class="chat-body scrolls">
          <div class="column">
            <p>{t('chat-hand-over')}</p>
            <SecretCard chat={chat} />
            <p class="hint">{t('chat-exchange')}</p>
            <Button icon="user-plus" onClick={() => go({ kind: 'join', chat: chat.id })}>
              {t('enter-theirs')}
            </Button>
          </div>
        </div>
      ) : (
        <Messages chat={chat} lines={lines} />
      )}
      <StageNote chat={chat} empty={empty} />
      <Composer chat={chat} input={composer} />
    </main>
  );
}

/** What a person should know before they write here. */
function StageNote({ chat, empty }: { chat: ChatView; empty: boolean }) {
  if (chat.secret_in_several_hands && chat.verification !== 'verified')
    return (
      <Note tone="warn">
        <p>{t('several-hands')}</p>
        <Button onClick={() => go({ kind: 'details', chat: chat.id })}>{t('compare-number')}</Button>
      </Note>
    );
  switch (chat.stage) {
    case 'waiting_for_guest':
      return empty ? null : (
        <Note>
          <p>{t('stage-note-waiting')}</p>
          <Button onClick={() => go({ kind: 'details', chat: chat.id })}>{t('show-secret')}</Button>
        </Note>
      );
    case 'joining':
    case 'joined':
    case 'returning':
    case 'left':
      return <Note>{t(`stage-note-${chat.stage}`)}</Note>;
    case 'secret_failed':
    case 'needs_new_secret':
      return (
        <Note tone="warn">
          <p>{t(`stage-note-${chat.stage.replaceAll('_', '-')}`)}</p>
          <Button onClick={() => go({ kind: 'join', chat: chat.stage === 'secret_failed' ? null : chat.id })}>{t(chat.stage === 'secret_failed' ? 'enter-secret' : 'enter-theirs')}</Button>
        </Note>
      );
    // of a stopped or retired chat the banner over everything tells
    case 'stopped':
    case 'retired':
    case 'open':
      return null;
  }
}
