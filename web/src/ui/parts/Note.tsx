import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon';

const icons: Record<string, IconName> = { info: 'info', good: 'check', warn: 'triangle-alert', bad: 'circle-alert' };

/** A sentence that stands apart. `live`: read out when it comes. */
export function Note({ tone = 'info', live = false, children }: { tone?: 'info' | 'good' | 'warn' | 'bad'; live?: boolean; children: ComponentChildren }) {
  return (
    <div class={`note ${tone}`} role={live ? 'alert' : undefined}>
      <Icon name={icons[tone] ?? 'info'} />
      <div>{children}</div>
    </div>
  );
}
