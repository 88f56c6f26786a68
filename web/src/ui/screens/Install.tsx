import { t } from '../../messages/messages';
import { installPrompt, promptInstall } from '../actions/install';
import { AndroidMenu, DesktopBar, EdgeBar, IosShare } from '../drawings/Browsers';
import { Button } from '../parts/Button';
import { Heading } from '../parts/Heading';
import { Note } from '../parts/Note';
import { useSelected } from '../state/store';

const ways = [
  ['ios', IosShare],
  ['android', AndroidMenu],
  ['chrome', DesktopBar],
  ['edge', EdgeBar],
] as const;

/** The app as an app of its own: by a button where the browser has one, by hand elsewhere. */
export function Install() {
  const open = useSelected((s) => s.host?.open != null);
  const installed = matchMedia('(display-mode: standalone)').matches;
  return (
    <main class="outside wide">
      <Heading up={{ kind: open ? 'chats' : 'home' }}>{t('install-app')}</Heading>
      <p>{t('install-what')}</p>
      {installed && <Note tone="good">{t('install-done')}</Note>}
      {installPrompt.value !== null && (
        <Button look="primary" icon="monitor-down" onClick={() => void promptInstall()}>
          {t('install-now')}
        </Button>
      )}
      <Note>{t('install-storage')}</Note>
      <div class="ways-to-install">
        {ways.map(([id, Drawing]) => (
          <section key={id}>
            <h2>{t(`install-${id}`)}</h2>
            <Drawing />
            <ol>
              <li>{t(`install-${id}-1`)}</li>
              <li>{t(`install-${id}-2`)}</li>
            </ol>
          </section>
        ))}
      </div>
    </main>
  );
}
