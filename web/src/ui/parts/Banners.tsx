import { useEffect, useState } from 'preact/hooks';
import type { OpenIdentity } from '../../core/api';
import { t } from '../../messages/messages';
import { go } from '../state/places';
import { useSelected } from '../state/store';
import { Button } from './Button';
import { Icon } from './Icon';

const noticed = 2500;

/** What holds for all of the identity: no relay in reach, nothing kept, damaged, another copy in use. */
export function Banners({ open }: { open: OpenIdentity }) {
  const away = useSelected((s) => s.relays.length > 0 && s.relays.every((r) => !r.connected));
  const offline = useLasting(away);
  const noRelay = useSelected((s) => s.chats !== null && s.relays.length === 0 && s.host?.open?.read_only !== true);
  const exported = useSelected((s) => s.exported);
  const stopped = useSelected((s) => s.chats?.some((c) => c.stage === 'stopped') === true);
  return (
    <div class="banners">
      {open.retired && (
        <div class="banner" role="status">
          <Icon name="info" />
          <span>{t('banner-retired')}</span>
        </div>
      )}
      {!open.retired && (open.read_only || open.damaged.length > 0) && (
        <div class="banner bad" role="status">
          <Icon name="circle-alert" />
          <span>{t('banner-damaged')}</span>
          <Button onClick={() => go({ kind: 'export' })}>{t('export-identity')}</Button>
        </div>
      )}
      {stopped && (
        <div class="banner bad" role="status">
          <Icon name="circle-alert" />
          <span>{t('banner-copy')}</span>
          <Button onClick={() => go({ kind: 'export' })}>{t('banner-copy-more')}</Button>
        </div>
      )}
      {open.memory && !exported && (
        <div class="banner warn" role="status">
          <Icon name="hard-drive" />
          <span>{t('banner-memory')}</span>
          <Button onClick={() => go({ kind: 'export' })}>{t('export-identity')}</Button>
        </div>
      )}
      {open.retired ? null : noRelay ? (
        <div class="banner warn" role="status">
          <Icon name="server" />
          <span>{t('banner-no-relay')}</span>
          <Button onClick={() => go({ kind: 'relays' })}>{t('relays')}</Button>
        </div>
      ) : (
        offline && (
          <div class="banner" role="status">
            <Icon name="wifi-off" />
            <span>{t('banner-offline')}</span>
          </div>
        )
      )}
    </div>
  );
}

/** True once it has held for a while: connecting takes a moment, and that is nothing to tell. */
function useLasting(holds: boolean): boolean {
  const [lasted, setLasted] = useState(false);
  useEffect(() => {
    if (!holds) return setLasted(false);
    const timer = setTimeout(() => setLasted(true), noticed);
    return () => clearTimeout(timer);
  }, [holds]);
  return holds && lasted;
}
