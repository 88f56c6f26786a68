import { useEffect, useState } from 'preact/hooks';
import { speaking, t } from '../../messages/messages';
import { askPromise, isPromised, usage } from '../actions/storage';
import { goesWithWindow } from '../state/reduce';
import { useSelected } from '../state/store';
import { Button } from './Button';
import { Note } from './Note';

const mebi = 1024 * 1024;

/** What is kept here, and whether the browser promises to keep it. */
export function StorageUse() {
  const passing = useSelected(goesWithWindow);
  const [used, setUsed] = useState<{ used: number; quota: number } | null>(null);
  const [promised, setPromised] = useState<boolean | null>(null);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    void usage().then(setUsed);
    void isPromised().then(setPromised);
  }, []);

  async function ask(): Promise<void> {
    const given = await askPromise();
    setPromised(given);
    setRefused(!given);
  }

  if (passing) return <Note tone="warn">{t('storage-nothing-kept')}</Note>;
  return (
    <>
      {used !== null && <p>{t('storage-used', { used: megabytes(used.used), quota: megabytes(used.quota) })}</p>}
      {promised === true && <Note tone="good">{t('storage-promised')}</Note>}
      {promised === false && (
        <>
          <p>{t('storage-not-promised')}</p>
          <Button icon="hard-drive" onClick={() => void ask()}>
            {t('keep-ask')}
          </Button>
          {refused && (
            <Note tone="warn" live>
              {t('keep-refused')}
            </Note>
          )}
        </>
      )}
    </>
  );
}

function megabytes(bytes: number): string {
  return new Intl.NumberFormat(speaking.value.language, { maximumFractionDigits: bytes < 10 * mebi ? 1 : 0 }).format(bytes / mebi);
}
