import { useEffect, useRef, useState } from 'preact/hooks';
import type { HostView, KeptIdentity } from '../../core/api';
import { t } from '../../messages/messages';
import { toastRefusal } from '../actions/core';
import { deleteIdentity, openIdentity } from '../actions/identity';
import { pauseFor, wrongPassword, rightPassword } from '../actions/pause';
import { Button, IconButton } from '../parts/Button';
import { Confirm } from '../parts/Dialog';
import { Heading } from '../parts/Heading';
import { LinkWaits } from '../parts/LinkWaits';
import { Name } from '../parts/Name';
import { Note } from '../parts/Note';
import { OutsideFoot } from '../parts/OutsideFoot';
import { PasswordField } from '../parts/PasswordField';
import { RoomWays } from '../parts/RoomWays';
import { TaskLine } from '../parts/TaskLine';
import { useTask } from '../parts/useTask';
import { go } from '../state/places';
import { date } from '../text/times';

/** The identities of this browser, and the password of one. */
export function Unlock({ host, id, home = false }: { host: HostView; id: string | null; home?: boolean }) {
  const chosen = host.identities.find((i) => i.id === id) ?? null;
  const [removing, setRemoving] = useState<KeptIdentity | null>(null);
  return (
    <main class="outside">
      {home ? <Heading>Secrets</Heading> : <Heading up={{ kind: 'home' }}>Secrets</Heading>}
      <LinkWaits unlocked />
      {chosen === null || chosen.retired ? <Choose identities={host.identities} onRemove={setRemoving} /> : <Password identity={chosen} onForgotten={() => setRemoving(chosen)} />}
      <div class="stack others">
        {chosen !== null && host.identities.length > 1 && (
          <Button look="quiet" icon="users-round" onClick={() => go({ kind: 'home' })}>
            {t('another-identity')}
          </Button>
        )}
        <Button look="quiet" icon="user-plus" onClick={() => go({ kind: 'create' })}>
          {t('create-another')}
        </Button>
        <Button look="quiet" icon="upload" onClick={() => go({ kind: 'import' })}>
          {t('import-identity')}
        </Button>
      </div>
      {home && <RoomWays />}
      <OutsideFoot />
      {removing !== null && (
        <Confirm
          title={t(removing.retired ? 'remove-copy' : 'password-forgotten')}
          text={t(removing.retired ? 'remove-copy-what' : 'password-forgotten-what', { name: removing.name })}
          yes={t(removing.retired ? 'remove-copy' : 'delete-here')}
          danger
          onYes={() => {
            setRemoving(null);
            deleteIdentity(removing.id).catch(toastRefusal);
          }}
          onClose={() => setRemoving(null)}
        />
      )}
    </main>
  );
}

function Choose({ identities, onRemove }: { identities: readonly KeptIdentity[]; onRemove: (identity: KeptIdentity) => void }) {
  return (
    <>
      <p>{t('unlock-who')}</p>
      <ul class="rows" role="list">
        {identities.map((identity) => (
          <li key={identity.id} class="identity-row">
            <button type="button" class="row" disabled={identity.retired} onClick={() => go({ kind: 'unlock', id: identity.id })}>
              <span class="row-main">
                <Name name={identity.name} class="strong" />
                <span class="hint">{t(identity.retired ? 'identity-retired' : 'identity-since', { date: date(identity.created) })}</span>
              </span>
            </button>
            {identity.retired && <IconButton icon="trash" label={t('remove-copy')} onClick={() => onRemove(identity)} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Password({ identity, onForgotten }: { identity: KeptIdentity; onForgotten: () => void }) {
  const [password, setPassword] = useState('');
  const [left, setLeft] = useState(pauseFor(identity.id));
  const field = useRef<HTMLInputElement>(null);
  const task = useTask();
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (left === 0) return undefined;
    const timer = setTimeout(() => setLeft(pauseFor(identity.id)), 1000);
    return () => clearTimeout(timer);
  }, [left]);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (password === '' || left > 0) return;
    if (await task.run(() => openIdentity(identity.id, password))) rightPassword(identity.id);
  }

  useEffect(() => {
    if (task.refusal !== 'store_wrong_password') return;
    wrongPassword(identity.id);
    setLeft(pauseFor(identity.id));
    field.current?.select();
  }, [task.refusal]);

  return (
    <form onSubmit={(e) => void submit(e)} noValidate>
      <p class="unlock-name">
        <Name name={identity.name} class="strong" />
      </p>
      <div class="hidden" aria-hidden="true">
        <input type="text" autocomplete="username" value={identity.name} readOnly tabIndex={-1} />
      </div>
      <PasswordField label={t('password')} value={password} onValue={setPassword} autocomplete="current-password" input={field} />
      <TaskLine task={task} words={t('unlocking')} />
      {left > 0 && <Note tone="warn">{t('unlock-pause', { seconds: left })}</Note>}
      <div class="actions">
        <Button look="primary" type="submit" icon="key-round" disabled={task.busy || left > 0}>
          {t('unlock')}
        </Button>
        <Button look="quiet" onClick={onForgotten}>
          {t('password-forgotten')}
        </Button>
      </div>
    </form>
  );
}
