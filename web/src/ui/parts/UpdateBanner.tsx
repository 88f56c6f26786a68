import { t } from '../../messages/messages';
import { update } from '../actions/update';
import { hasUnkept } from '../actions/guard';
import { useSelected } from '../state/store';
import { Button } from './Button';

/** A newer version waits. It never takes a draft with it: while there is one, it goes on waiting. */
export function UpdateBanner() {
  const ready = useSelected((s) => s.updateReady);
  const unkept = useSelected(hasUnkept);
  if (!ready) return null;
  return (
    <div class="banner" role="status">
      <span>{t(unkept ? 'update-waits' : 'update-ready')}</span>
      {!unkept && <Button onClick={update}>{t('update-now')}</Button>}
    </div>
  );
}
