import { useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { askToNotify } from '../actions/notify';
import { set, settings } from '../actions/settings';
import { Check } from './Field';
import { Note } from './Note';

/** Notifications say that there is something new, and nothing of what. The browser is asked on the person's click. */
export function NotifySetting() {
  const [answer, setAnswer] = useState<NotificationPermission | 'absent' | null>(null);
  const granted = 'Notification' in globalThis && Notification.permission === 'granted';

  async function turn(on: boolean): Promise<void> {
    if (!on) return set({ notify: false });
    const given = await askToNotify();
    setAnswer(given);
    await set({ notify: given === 'granted' });
  }

  return (
    <>
      <Check label={t('notify')} hint={t('notify-hint')} checked={settings.value.notify && granted} onChecked={(on) => void turn(on)} />
      {(answer === 'denied' || answer === 'absent') && (
        <Note tone="warn" live>
          {t(`notify-${answer}`)}
        </Note>
      )}
    </>
  );
}
