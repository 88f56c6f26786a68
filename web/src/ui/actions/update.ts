import { serviceWorkerAddress } from '../../core/trusted';
import { dispatch } from '../state/store';

const askAgain = 60 * 60_000;

let waiting: ServiceWorker | null = null;
let asked = false;

/** Registers the service worker, where there is one. Nothing depends on it; a new version waits until the person says so. */
export function followUpdates(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  const updating = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (asked) location.reload();
    // another tab has let the new version in
    else if (updating) dispatch({ kind: 'update-ready' });
  });
  navigator.serviceWorker.register(serviceWorkerAddress(), { updateViaCache: 'none' }).then(follow, () => undefined);
}

function follow(registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    if (registration.waiting === null || navigator.serviceWorker.controller === null) return;
    waiting = registration.waiting;
    dispatch({ kind: 'update-ready' });
  };
  look();
  // a tab that stays open for days asks by itself
  setInterval(() => void registration.update().catch(() => undefined), askAgain);
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
}

/** Lets the new version in, and reloads this page with it. */
export function update(): void {
  asked = true;
  if (waiting === null) location.reload();
  else waiting.postMessage('go');
}
