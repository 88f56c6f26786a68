import type { MessageView } from '../../core/api';
import { t } from '../../messages/messages';
import { chatOf, unreadCount } from '../state/reduce';
import { state } from '../state/store';
import { settings } from './settings';

/** Tells of a message while nobody looks: that there is one, and nothing of it. */
export function onMessage(message: MessageView): void {
  if (message.own || message.kind === 'notice' || !mayTell()) return;
  if (chatOf(state.peek(), message.chat)?.muted === true) return;
  void show(t('notification-title'), t('notification-text'));
}

/** Tells that it rings, while nobody looks. */
export function ring(): void {
  if (mayTell()) void show(t('notification-title'), t('notification-call'));
}

/** Nobody looks, and both the person and the browser allowed it. */
function mayTell(): boolean {
  return document.visibilityState !== 'visible' && settings.peek().notify && 'Notification' in globalThis && Notification.permission === 'granted';
}

async function show(title: string, body: string): Promise<void> {
  // one line for all that is new: a tag replaces the one before
  const options: NotificationOptions = { body, tag: 'new', icon: 'icons/icon-192.png' };
  const worker = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined;
  if (worker?.active != null) await worker.showNotification(title, options);
  else
    try {
      new Notification(title, options).addEventListener('click', () => globalThis.focus());
    } catch {
      // phones show notifications by the service worker only
    }
}

/** The number of unread messages: in the title and on the app's icon. */
export function showCount(): void {
  const count = unreadCount(state.value);
  document.title = count > 0 ? `(${count}) Secrets` : 'Secrets';
  if ('setAppBadge' in navigator) void (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined);
}

/** Asks the browser whether it may show notifications; only ever on a person's click. */
export async function askToNotify(): Promise<NotificationPermission | 'absent'> {
  return 'Notification' in globalThis ? Notification.requestPermission() : 'absent';
}
