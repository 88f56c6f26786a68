import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../messages/messages';
import { goUp } from '../state/places';
import { state } from '../state/store';
import type { Place } from '../state/types';
import { IconButton } from './Button';

let first = true;

/** The head of a screen, with the arrow that leads up. A new screen takes the focus to its heading, so that it is read out. */
export function Heading({ children, up, end, level = 1 }: { children: ComponentChildren; up?: Place; end?: ComponentChildren; level?: 1 | 2 }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const place = state.value.place.kind;
  useEffect(() => {
    // not when the page comes up, and not away from a field that a screen has focused itself
    if (!first && !(document.activeElement instanceof HTMLInputElement)) heading.current?.focus({ preventScroll: true });
    first = false;
  }, [place]);
  const Tag = level === 1 ? 'h1' : 'h2';
  return (
    <header class="heading">
      {up !== undefined && <IconButton icon="arrow-left" label={t('back')} onClick={() => goUp(up)} />}
      <Tag ref={heading} tabIndex={-1}>
        {children}
      </Tag>
      {end}
    </header>
  );
}
