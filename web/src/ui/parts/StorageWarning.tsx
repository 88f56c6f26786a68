import { useEffect, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { isPromised } from '../actions/storage';
import { keepsNothing } from '../state/reduce';
import { useSelected } from '../state/store';
import { Note } from './Note';

/** Said before an identity is made: whether this browser keeps it. */
export function StorageWarning() {
  const nothing = useSelected(keepsNothing);
  const [promised, setPromised] = useState(true);
  useEffect(() => void isPromised().then(setPromised), []);
  if (nothing)
    return (
      <Note tone="warn">
        <p>{t('storage-nothing-kept')}</p>
      </Note>
    );
  return promised ? null : <p class="hint">{t('storage-not-promised')}</p>;
}
