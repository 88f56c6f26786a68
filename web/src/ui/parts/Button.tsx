import type { ComponentChildren, Ref } from 'preact';
import { Icon, type IconName } from './Icon';

interface Look {
  look?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  type?: 'button' | 'submit';
  disabled?: boolean;
  onClick?: (event: MouseEvent) => void;
  focus?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'plain', icon, type = 'button', disabled = false, onClick, focus, children }: Look & { children: ComponentChildren }) {
  return (
    <button ref={focus ?? null} type={type} class={`button ${look}`} disabled={disabled} onClick={onClick}>
      {icon !== undefined && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** A button that shows an icon alone; its words are for screen readers and the tooltip. */
export function IconButton({ icon, label, onClick, pressed, disabled = false }: { icon: IconName; label: string; onClick?: () => void; pressed?: boolean; disabled?: boolean }) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} aria-pressed={pressed} disabled={disabled} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
