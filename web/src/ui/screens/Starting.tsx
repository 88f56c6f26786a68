import { useEffect, useState } from 'preact/hooks';
import { t } from '../../messages/messages';

/** While the core is loaded: nothing at first, then a line with words. */
export function Starting() {
  const [told, setTold] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setTold(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main class="outside starting" aria-busy="true">
      <h1 class="spoken">Secrets</h1>
      {told && (
        <p class="working" role="status">
          <progress aria-label={t('starting')} />
          <span>{t('starting')}</span>
        </p>
      )}
    </main>
  );
}
