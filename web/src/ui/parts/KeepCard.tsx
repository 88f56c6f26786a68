import { useEffect, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { askPromise, isPromised } from '../actions/storage';
import { set, settings } from '../actions/settings';
import { toast } from '../actions/core';
import { go } from '../state/places';
import { goesWithWindow } from '../state/reduce';
import { useSelected } from '../state/store';
import { Button } from './Button';

/** After the first chat: asks the browser, on a click, to promise that the identity is kept. */
export function KeepCard() {
  const some = useSelected((s) => (s.chats?.length ?? 0) > 0);
  const passing = useSelected(goesWithWindow);
  const [promised, setPromised] = useState(true);
  useEffect(() => void isPromised().then(setPromised), [some]);
  if (!some || passing || promised || settings.value.keepSeen) return null;

  async function ask(): Promise<void> {
    const given = await askPromise();
    setPromised(given);
    await set({ keepSeen: true });
    toast(given ? 'keep-given' : 'keep-refused');
  }

  return (
    <aside class="card" aria-label={t('keep-title')}>
      <p>{t('keep-what')}</p>
      <div class="actions">
        <Button onClick={() => void ask()}>{t('keep-ask')}</Button>
        <Button look="quiet" onClick={() => go({ kind: 'export' })}>
          {t('export-identity')}
        </Button>
      </div>
    </aside>
  );
}
