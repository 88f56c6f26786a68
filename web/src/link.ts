// Imported first, so that it runs before anything else: a secret in the address must not stay in the address bar, in the history or in a title.

let opened: string | null = null;
const listeners = new Set<() => void>();

function take(): void {
  if (location.hash.length < 2) return;
  opened = location.hash.slice(1);
  history.replaceState(history.state, '', location.pathname + location.search);
  for (const tell of listeners) tell();
}

take();
// A link that is opened in a tab that is already here only changes the part behind the #.
addEventListener('hashchange', take);

/** Gives what stood behind the # of the address, once. */
export function takeLink(): string | null {
  const link = opened;
  opened = null;
  return link;
}

export function onLink(listen: () => void): void {
  listeners.add(listen);
}
