import { shapes } from 'virtual:icons';
import { createElement } from 'preact';
import type { IconName } from '../../../scripts/icon-names';

export type { IconName };

/** All shapes, once in the page; icons refer to them. */
export function Sprite() {
  return (
    <svg class="sprite" aria-hidden="true" width="0" height="0">
      {shapes.map(([name, parts]) => (
        <symbol key={name} id={`i-${name}`} viewBox="0 0 24 24">
          {parts.map(([tag, attributes], i) => createElement(tag, { ...attributes, key: i }))}
        </symbol>
      ))}
    </svg>
  );
}

/** An icon beside words. Where it stands alone, whoever uses it gives the words. */
export function Icon({ name, label }: { name: IconName; label?: string }) {
  return (
    <svg class="icon" width="20" height="20" role={label === undefined ? undefined : 'img'} aria-hidden={label === undefined ? 'true' : undefined} aria-label={label}>
      <use href={`#i-${name}`} />
    </svg>
  );
}
