import { useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { Button } from '../parts/Button';
import { EmptyChats } from '../parts/EmptyChats';
import { Icon } from '../parts/Icon';
import { KeepCard } from '../parts/KeepCard';
import { onePane, useMedia } from '../parts/useMedia';
import { Returning } from '../parts/Returning';
import { RoomRows } from '../parts/RoomRows';
import { go } from '../state/places';
import { visibleChats } from '../state/reduce';
import { state, useReadOnly, useSelected } from '../state/store';
import { neutralName } from '../text/neutralise';
import { ChatListItem } from './ChatListItem';

/** All chats, with their search and the ways to a new one. */
export function ChatList({ current, alone }: { current: string | null; alone: boolean }) {
  const chats = useSelected((s) => s.chats);
  const hidden = useSelected((s) => s.hidden);
  const [wanted, setWanted] = useState('');
  const readOnly = useReadOnly();
  const narrow = useMedia(onePane);
  const list = useRef<HTMLUListElement>(null);
  const shown = useMemo(() => {
    const all = visibleChats(state.peek());
    const needle = wanted.trim().toLocaleLowerCase();
    return needle === '' ? all : all.filter((c) => `${neutralName(c.name)}\n${neutralName(c.participant)}`.toLocaleLowerCase().includes(needle));
  }, [chats, hidden, wanted]);
  const some = chats !== null && chats.length > hidden.length;

  // arrows walk along the list; Tab leaves it
  function press(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('.chat-item') ?? [])];
    const at = buttons.findIndex((b) => b === document.activeElement);
    const next = event.key === 'Home' ? buttons[0] : event.key === 'End' ? buttons.at(-1) : step === 0 ? undefined : buttons[at + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  }

  const entry = shown.some((c) => c.id === current) ? current : (shown[0]?.id ?? null);
  return (
    <section class="list" role={alone && narrow ? 'main' : undefined} aria-label={t('chats')}>
      <div class="list-head">
        {alone ? <h1 class="list-title">{t('chats')}</h1> : <h2 class="list-title">{t('chats')}</h2>}
        {some && (
          <div class="search">
            <Icon name="search" />
            <input
              id="search"
              type="search"
              value={wanted}
              placeholder={t('search')}
              aria-label={t('search')}
              autocomplete="off"
              onInput={(e) => setWanted(e.currentTarget.value)}
              onKeyDown={(e) => {
                if (e.key === 'ArrowDown') list.current?.querySelector<HTMLButtonElement>('.chat-item')?.focus();
                if (e.key === 'Escape' && wanted !== '') {
                  e.stopPropagation();
                  setWanted('');
                }
              }}
            />
          </div>
        )}
      </div>
      <Returning />
      <RoomRows />
      {some ? (
        <ul class="chats" role="list" ref={list} onKeyDown={press}>
          {shown.map((chat) => (
            <ChatListItem key={chat.id} chat={chat} current={chat.id === current} tab={chat.id === entry} />
          ))}
        </ul>
      ) : (
        chats !== null && <div class="narrow-only">{alone && !readOnly && <EmptyChats />}</div>
      )}
      {some && shown.length === 0 && <p class="hint padded">{t('search-nothing')}</p>}
      {!readOnly && (
        <>
          <KeepCard />
          <div class="list-actions">
            <Button look="primary" icon="plus" onClick={() => go({ kind: 'new-chat' })}>
              {t('new-chat')}
            </Button>
            <Button icon="user-plus" onClick={() => go({ kind: 'join', chat: null })}>
              {t('enter-secret')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
