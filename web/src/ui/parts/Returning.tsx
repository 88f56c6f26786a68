import { t } from '../../messages/messages';
import { useSelected } from '../state/store';

/** After an import: how many chats have found their way back. */
export function Returning() {
  const chats = useSelected((s) => s.chats);
  if (chats === null) return null;
  const away = chats.filter((c) => c.stage === 'returning').length;
  if (away === 0) return null;
  const back = chats.length - away;
  return (
    <div class="card returning" role="status">
      <p>{t('returning', { back, all: chats.length })}</p>
      <progress max={chats.length} value={back} aria-label={t('returning', { back, all: chats.length })} />
      <p class="hint">{t('returning-hint')}</p>
    </div>
  );
}
