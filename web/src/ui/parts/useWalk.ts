import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { List } from './useVirtual';

/** Arrow keys through the rows of a list of which only a part is in the page. Rows that are passed over can't be walked to. */
export function useWalk(list: List, scroller: RefObject<HTMLDivElement | null>, count: number, isPassed: (index: number) => boolean): { active: number | null; walk: (event: KeyboardEvent) => void; walkTo: (index: number) => void } {
  const [active, setActive] = useState<number | null>(null);
  const wanted = useRef<number | null>(null);

  // a row that was walked to is drawn first and focused then
  useEffect(() => {
    if (wanted.current === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] [tabindex]`);
    if (row == null) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  function walkTo(index: number): void {
    wanted.current = index;
    setActive(index);
    list.scrollToIndex(index, { align: 'auto' });
  }

  function walk(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    let next = event.key === 'Home' ? 0 : event.key === 'End' ? count - 1 : active === null ? count - 1 : active + step;
    while (next >= 0 && next < count && isPassed(next)) next += step === 0 ? (event.key === 'Home' ? 1 : -1) : step;
    if (next >= 0 && next < count) walkTo(next);
  }

  return { active, walk, walkTo };
}
