import { t } from '../../messages/messages';
import { Button } from '../parts/Button';

/** The core can't run here: what that means, what is safe, and what to do. */
export function Failed() {
  return (
    <main class="outside">
      <h1>{t('failed-title')}</h1>
      <p>{t('failed-what')}</p>
      <p>{t('failed-kept')}</p>
      <ul>
        <li>{t('failed-reload')}</li>
        <li>{t('failed-wasm')}</li>
        <li>{t('failed-browser')}</li>
      </ul>
      <Button look="primary" icon="refresh-cw" onClick={() => location.reload()}>
        {t('failed-again')}
      </Button>
    </main>
  );
}
