import { t } from '../../messages/messages';
import { Dialog } from './Dialog';

const keys: readonly [string, string][] = [
  ['?', 'key-help'],
  ['/', 'key-search'],
  ['Ctrl K', 'key-search'],
  ['↑ ↓', 'key-lists'],
  ['Esc', 'key-escape'],
  ['Enter', 'key-send'],
  ['Shift Enter', 'key-line'],
  ['Page Up', 'key-page'],
];

/** The keys, as a list. */
export function Keys({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('keys')} onClose={onClose}>
      <dl class="keys">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(what)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
