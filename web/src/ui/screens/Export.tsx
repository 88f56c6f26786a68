import { useState } from 'preact/hooks';
import type { ChatStage, OpenIdentity } from '../../core/api';
import { t } from '../../messages/messages';
import { exportIdentity } from '../actions/identity';
import { toast } from '../actions/core';
import { refresh } from '../actions/boot';
import { Button } from '../parts/Button';
import { Heading } from '../parts/Heading';
import { Note } from '../parts/Note';
import { PasswordField } from '../parts/PasswordField';
import { TaskLine } from '../parts/TaskLine';
import { useSelected } from '../state/store';
import type { State } from '../state/types';
import { useTask } from '../parts/useTask';

type Why = 'backup' | 'move';

// nobody has told these chats yet how a copy gets back into them
const unfinished: readonly ChatStage[] = ['waiting_for_guest', 'joining', 'joined'];

/** The identity as one encrypted file: as a backup, or to move. */
export function Export({ open }: { open: OpenIdentity }) {
  const [why, setWhy] = useState<Why>('backup');
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const stay = useSelected(countUnfinished);
  const task = useTask();

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (password === '') return;
    if (!(await task.run(() => exportIdentity(password, why === 'move')))) return;
    setPassword('');
    if (why === 'backup') return setDone(true);
    // the retired copy is closed, and this screen with it: what to do next stays in sight
    toast('export-done-move', { passing: false });
    await refresh();
  }

  return (
    <main class="content scrolls">
      <Heading up={{ kind: 'identity' }}>{t('export-identity')}</Heading>
      <form class="column" onSubmit={(e) => void submit(e)} noValidate>
        <p>{t('export-what')}</p>
        {open.read_only ? (
          <Note tone="warn">{t('export-read-only')}</Note>
        ) : (
          <fieldset class="options">
            <legend>{t('export-why')}</legend>
            <Option why="backup" chosen={why} onChosen={setWhy} />
            <Option why="move" chosen={why} onChosen={setWhy} />
          </fieldset>
        )}
        {stay > 0 && <Note tone="warn">{t('export-unfinished', { count: stay })}</Note>}
        <PasswordField label={t('export-password')} value={password} onValue={setPassword} autocomplete="current-password" hint={t('export-password-hint')} />
        <TaskLine task={task} words={t('exporting')} />
        {done && (
          <Note tone="good" live>
            {t('export-done-backup')}
          </Note>
        )}
        <div class="actions">
          <Button look="primary" type="submit" icon="download" disabled={task.busy || password === ''}>
            {t('export-identity')}
          </Button>
        </div>
      </form>
    </main>
  );
}

function countUnfinished(whole: State): number {
  return whole.chats?.filter((c) => unfinished.includes(c.stage)).length ?? 0;
}

function Option({ why, chosen, onChosen }: { why: Why; chosen: Why; onChosen: (why: Why) => void }) {
  return (
    <label class="option" for={`why-${why}`}>
      <input id={`why-${why}`} type="radio" name="why" checked={why === chosen} onChange={() => onChosen(why)} />
      <span>
        <strong>{t(`export-${why}`)}</strong>
        <span class="hint">{t(`export-${why}-what`)}</span>
      </span>
    </label>
  );
}
