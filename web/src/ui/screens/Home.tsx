import type { HostView } from '../../core/api';
import { t } from '../../messages/messages';
import { Meeting } from '../drawings/Meeting';
import { Button } from '../parts/Button';
import { LinkWaits } from '../parts/LinkWaits';
import { OutsideFoot } from '../parts/OutsideFoot';
import { RoomWays } from '../parts/RoomWays';
import { StorageWarning } from '../parts/StorageWarning';
import { go } from '../state/places';
import { keepsNothing } from '../state/reduce';
import { useSelected } from '../state/store';
import { Unlock } from './Unlock';

/** The first screen: who is here already, or what this is and how to begin. */
export function Home({ host }: { host: HostView }) {
  const nothing = useSelected(keepsNothing);
  const usable = host.identities.filter((i) => !i.retired);
  const [only] = usable;
  if (only !== undefined && host.identities.length === 1) return <Unlock host={host} id={only.id} home />;
  if (host.identities.length > 0) return <Unlock host={host} id={null} home />;
  return (
    <main class="outside first-visit">
      <Meeting />
      <h1>Secrets</h1>
      <p class="lead">{t('home-what')}</p>
      <p>{t('home-how')}</p>
      <LinkWaits unlocked={false} />
      {nothing && <StorageWarning />}
      <div class="stack">
        <Button look="primary" icon="user-plus" onClick={() => go({ kind: 'create' })}>
          {t('create-identity')}
        </Button>
        <Button icon="upload" onClick={() => go({ kind: 'import' })}>
          {t('import-identity')}
        </Button>
      </div>
      <RoomWays />
      <OutsideFoot />
    </main>
  );
}
