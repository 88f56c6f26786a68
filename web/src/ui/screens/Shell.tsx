import { useEffect, useState } from 'preact/hooks';
import type { OpenIdentity } from '../../core/api';
import { t } from '../../messages/messages';
import { askingToLock, lockNow } from '../actions/lock';
import { Confirm } from '../parts/Dialog';
import { Keys } from '../parts/Keys';
import { Banners } from '../parts/Banners';
import { Icon, type IconName } from '../parts/Icon';
import { IdentityMenu } from '../parts/IdentityMenu';
import { onePane } from '../parts/useMedia';
import { go } from '../state/places';
import type { Place } from '../state/types';
import { ChatList } from './ChatList';
import { Content } from './Content';

const typing = 'input, textarea, select, [contenteditable]';

/** The screens of an open identity: list, content, details; one at a time on a phone. */
export function Shell({ open, place }: { open: OpenIdentity; place: Place }) {
  const [keys, setKeys] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const writing = event.target instanceof Element && event.target.matches(typing);
      if (document.querySelector('dialog[open], [popover]:popover-open') !== null) return;
      if ((event.key === '/' && !writing) || (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey))) {
        event.preventDefault();
        if (matchMedia(onePane).matches) go({ kind: 'chats' });
        // after the list is there
        requestAnimationFrame(() => document.querySelector<HTMLInputElement>('#search')?.focus());
      } else if (event.key === '?' && !writing) setKeys(true);
      else if (event.key === 'Escape' && !event.isComposing) leave(place);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [place]);

  return (
    <div class={`shell pane-${place.kind === 'chats' ? 'list' : 'content'}${place.kind === 'details' ? ' with-details' : ''}`}>
      <header class="top">
        <button type="button" class="text-button wordmark" onClick={() => go({ kind: 'chats' })}>
          Secrets
        </button>
        <IdentityMenu name={open.identity.name} onKeys={() => setKeys(true)} />
      </header>
      <Banners open={open} />
      <nav class="rail" aria-label={t('navigation')}>
        <RailButton icon="message-square" label={t('chats')} on={['chats', 'chat', 'details', 'new-chat', 'join'].includes(place.kind)} onClick={() => go({ kind: 'chats' })} />
        <RailButton icon="user-round" label={t('identity')} on={['identity', 'export', 'relays'].includes(place.kind)} onClick={() => go({ kind: 'identity' })} />
        <RailButton icon="keyboard" label={t('keys')} on={false} onClick={() => setKeys(true)} />
      </nav>
      <ChatList current={'chat' in place ? place.chat : null} alone={place.kind === 'chats'} />
      <Content place={place} open={open} />
      {keys && <Keys onClose={() => setKeys(false)} />}
      {askingToLock.value && (
        <Confirm title={t('lock-now')} text={t('lock-draft')} yes={t('lock-now')} onYes={lockNow} onClose={() => (askingToLock.value = false)} />
      )}
    </div>
  );
}

function RailButton({ icon, label, on, onClick }: { icon: IconName; label: string; on: boolean; onClick: () => void }) {
  return (
    <button type="button" class="rail-button" aria-current={on ? 'page' : undefined} onClick={onClick}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

/** Esc leads one step up. */
function leave(place: Place): void {
  if (place.kind === 'details') go({ kind: 'chat', chat: place.chat });
  else if (place.kind === 'export' || place.kind === 'relays') go({ kind: 'identity' });
  else if (place.kind !== 'chats') go({ kind: 'chats' });
}
