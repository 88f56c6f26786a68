import { useState } from 'preact/hooks';
import type { HostView } from '../../core/api';
import { t } from '../../messages/messages';
import { importIdentity } from '../actions/identity';
import { Button } from '../parts/Button';
import { Check } from '../parts/Field';
import { FileDrop } from '../parts/FileDrop';
import { Heading } from '../parts/Heading';
import { longEnough, NewPassword } from '../parts/NewPassword';
import { Note } from '../parts/Note';
import { PasswordField } from '../parts/PasswordField';
import { StorageWarning } from '../parts/StorageWarning';
import { TaskLine } from '../parts/TaskLine';
import { useTask } from '../parts/useTask';

/** An identity that comes as a file: this becomes a new device of it. */
export function Import({ host }: { host: HostView }) {
  const [file, setFile] = useState<File | null>(null);
  const [filePassword, setFilePassword] = useState('');
  const [same, setSame] = useState(true);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const task = useTask();

  function submit(event: Event): void {
    event.preventDefault();
    setTried(true);
    if (file === null || filePassword === '' || (!same && !longEnough(password))) return;
    void task.run(async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      await importIdentity(bytes, filePassword, same ? filePassword : password, host.storage === 'memory');
    });
  }

  return (
    <main class="outside">
      <Heading up={{ kind: 'home' }}>{t('import-identity')}</Heading>
      <p>{t('import-what')}</p>
      <form onSubmit={submit} noValidate>
        <FileDrop file={file} onFile={setFile} accept=".s2" label={t('import-file')} missing={tried && file === null ? t('import-file-missing') : null} />
        <PasswordField
          label={t('import-file-password')}
          value={filePassword}
          onValue={setFilePassword}
          autocomplete="off"
          error={tried && filePassword === '' ? t('import-file-password-missing') : null}
        />
        <Check label={t('import-same-password')} checked={same} onChecked={setSame} />
        {!same && <NewPassword label={t('import-new-password')} value={password} onValue={setPassword} name="" tried={tried} />}
        <StorageWarning />
        <Note>{t('import-then')}</Note>
        <TaskLine task={task} words={t('importing')} />
        <div class="actions">
          <Button look="primary" type="submit" disabled={task.busy}>
            {t('import-identity')}
          </Button>
        </div>
      </form>
    </main>
  );
}
