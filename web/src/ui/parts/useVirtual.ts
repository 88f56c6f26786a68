import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';

export type List = Virtualizer<HTMLDivElement, HTMLDivElement>;

/** How near to the end counts as at the end, in pixels. */
const nearEnd = 60;

/** A list of which only what is to be seen is in the page. It holds on to its end, as a chat does. */
export function useVirtual(scroller: RefObject<HTMLDivElement | null>, count: number, keyOf: (index: number) => string, sizeOf: (index: number) => number): List {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const held = useRef<List | null>(null);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: sizeOf,
    getItemKey: keyOf,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    overscan: 6,
    anchorTo: 'end' as const,
    followOnAppend: true,
    scrollEndThreshold: nearEnd,
    paddingStart: 16,
    paddingEnd: 8,
    onChange: () => redraw(undefined),
  };
  held.current ??= new Virtualizer<HTMLDivElement, HTMLDivElement>(options);
  const list = held.current;
  list.setOptions(options);
  useLayoutEffect(() => list._didMount(), [list]);
  useLayoutEffect(() => list._willUpdate());
  return list;
}
