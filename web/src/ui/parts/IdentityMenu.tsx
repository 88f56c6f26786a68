import { useRef } from 'preact/hooks';
import { t } from '../../messages/messages';
import { lockAsking } from '../actions/lock';
import { go } from '../state/places';
import { useReadOnly } from '../state/store';
import type { Place } from '../state/types';
import { Icon, type IconName } from './Icon';
import { Name } from './Name';

type Item = [icon: IconName, text: string, what: () => void];
const item = (...it: Item): Item => it;

/** The identity's name, and behind it what can be done with the identity. */
export function IdentityMenu({ name, onKeys }: { name: string; onKeys: () => void }) {
  const menu = useRef<HTMLDivElement>(null);
  const pick = (what: () => void): void => {
    menu.current?.hidePopover();
    what();
  };
  const to = (place: Place) => () => go(place);
  const readOnly = useReadOnly();
  const items: Item[] = [
    ['user-round', 'identity-and-settings', to({ kind: 'identity' })],
    ['download', 'export-identity', to({ kind: 'export' })],
    // what can only be read needs no relay
    ...(readOnly ? [] : [item('server', 'relays', to({ kind: 'relays' }))]),
    ['door-open', 'open-room', to({ kind: 'open-room' })],
    ['log-in', 'enter-room', to({ kind: 'enter-room' })],
    ['monitor-down', 'install-app', to({ kind: 'install' })],
    ['keyboard', 'keys', onKeys],
    ['info', 'about', to({ kind: 'about' })],
    ['lock', 'lock-now', lockAsking],
  ];

  function press(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = [...(menu.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((b) => b === document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  }

  return (
    <>
      <button type="button" class="identity-button" popovertarget="identity-menu" aria-haspopup="menu" title={t('identity-menu')}>
        <Name name={name} class="strong" />
        <Icon name="menu" />
      </button>
      <div
        id="identity-menu"
        class="menu"
        popover="auto"
        role="menu"
        aria-label={t('identity-menu')}
        ref={menu}
        onKeyDown={press}
        onToggle={(e) => e.newState === 'open' && menu.current?.querySelector('button')?.focus()}
      >
        {items.map(([icon, text, what]) => (
          <button key={text} type="button" role="menuitem" tabIndex={-1} onClick={() => pick(what)}>
            <Icon name={icon} />
            <span>{t(text)}</span>
          </button>
        ))}
      </div>
    </>
  );
}
