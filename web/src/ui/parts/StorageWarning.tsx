import { useEffect, useState } from 'preact/hooks';
import type { StorageKind } from '../../core/api';
import { t } from '../../messages/messages';
import { isPromised } from '../actions/storage';
import { Note } from './Note';

/** Said before an identity is made: whether this browser keeps it. */
export function StorageWarning({ storage }: { storage: StorageKind }) {
  const [promised, setPromised] = useState(true);
  useEffect(() => void isPromised().then(setPromised), []);
  if (storage === 'memory')
    return (
      <Note tone="warn">
        <p>{t('storage-nothing-kept')}</p>
      </Note>
    );
  return promised ? null : <p class="hint">{t('storage-not-promised')}</p>;
}
