import { computed, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { reduce } from './reduce';
import { firstState, type Action, type State } from './types';

/** The page's state. Read it with `useState…` hooks in components and with `state.peek()` in actions. */
export const state = signal<State>(firstState);

export function dispatch(action: Action): void {
  state.value = reduce(state.peek(), action);
}

/** True where an identity can be read and nothing more: its copy is retired or damaged. */
export function useReadOnly(): boolean {
  return useSelected(isReadOnly);
}

function isReadOnly(whole: State): boolean {
  return whole.host?.open?.read_only === true;
}

/** A part of the state; the component is drawn again only if that part is another one. */
export function useSelected<T>(select: (whole: State) => T): T {
  return useMemo(() => computed(() => select(state.value)), [select]).value;
}
