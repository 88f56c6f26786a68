import { useEffect, useState } from 'preact/hooks';
import type { RoomFileView, RoomMessageView } from '../../core/api';
import { t } from '../../messages/messages';
import { errorId } from '../actions/core';
import { Button } from '../parts/Button';
import { Icon } from '../parts/Icon';
import { Name } from '../parts/Name';
import { useTask } from '../parts/useTask';
import { sizeWords } from '../text/sizes';
import { download, fetchPicture, isPicture } from './acts';

/** Pictures up to this size are fetched by themselves. */
const byItself = 2_000_000;

/** A file in a room: a picture is shown, everything else can be saved. */
export function RoomFile({ line, file }: { line: RoomMessageView; file: RoomFileView }) {
  const picture = isPicture(line);
  const [wanted, setWanted] = useState(picture && file.size <= byItself);
  const [address, setAddress] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  const task = useTask();

  useEffect(() => {
    if (!wanted) return undefined;
    let made: string | null = null;
    let over = false;
    void task.run(async () => {
      const blob = await fetchPicture(line);
      if (over) return;
      made = URL.createObjectURL(blob);
      setAddress(made);
    });
    return () => {
      over = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [wanted, line.id]);

  return (
    <figure class="room-file">
      {address !== null && !broken && <img src={address} alt="" onError={() => setBroken(true)} />}
      <figcaption>
        <Icon name={picture ? 'image' : 'file'} />
        <span class="room-file-name">
          <Name name={file.name} /> <span class="hint">{sizeWords(file.size)}</span>
        </span>
      </figcaption>
      {task.slow && <progress aria-label={t('room-fetching')} />}
      {broken && <span class="field-error">{t('room-picture-broken')}</span>}
      {task.refusal !== null && (
        <span class="field-error" role="status">
          {t(task.refusal === 'file_gone' ? 'room-file-gone' : errorId(task.refusal))}
        </span>
      )}
      {task.refusal !== 'file_gone' && (
        <div class="actions">
          {picture && !wanted && (
            <Button icon="eye" onClick={() => setWanted(true)}>
              {t('room-show-picture')}
            </Button>
          )}
          <Button look="quiet" icon="download" disabled={task.busy} onClick={() => void task.run(() => download(line))}>
            {t('room-save-file')}
          </Button>
        </div>
      )}
    </figure>
  );
}
