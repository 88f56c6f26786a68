import { t } from '../../messages/messages';
import { go } from '../state/places';

/** What can be reached from every screen before an identity is open. */
export function OutsideFoot() {
  return (
    <footer class="outside-foot">
      <button type="button" class="text-button" onClick={() => go({ kind: 'install' })}>
        {t('install-app')}
      </button>
      <button type="button" class="text-button" onClick={() => go({ kind: 'about' })}>
        {t('about')}
      </button>
    </footer>
  );
}
