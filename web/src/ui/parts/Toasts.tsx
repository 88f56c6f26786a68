import { useEffect } from 'preact/hooks';
import { t } from '../../messages/messages';
import { dispatch, useSelected } from '../state/store';
import type { Toast } from '../state/types';
import { Button, IconButton } from './Button';

const stays = 6_000;

/** Lines that come and go at the foot of the page. */
export function Toasts() {
  const toasts = useSelected((s) => s.toasts);
  return (
    <div class="toasts" role="status">
      {toasts.map((toast) => (
        <Line key={toast.key} toast={toast} />
      ))}
    </div>
  );
}

function Line({ toast }: { toast: Toast }) {
  const close = () => dispatch({ kind: 'toast-gone', key: toast.key });
  useEffect(() => {
    if (!toast.passing) return undefined;
    const timer = setTimeout(close, stays);
    return () => clearTimeout(timer);
  }, [toast.key]);
  return (
    <div class="toast">
      <span>{t(toast.text, toast.args)}</span>
      {toast.undo !== undefined && (
        <Button
          look="quiet"
          onClick={() => {
            toast.undo?.();
            close();
          }}
        >
          {t('undo')}
        </Button>
      )}
      {toast.undo === undefined && <IconButton icon="x" label={t('close')} onClick={close} />}
    </div>
  );
}
