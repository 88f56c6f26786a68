import { useEffect, useState } from 'preact/hooks';
import type { RelayView } from '../../core/api';
import { t } from '../../messages/messages';
import { call, errorId, refusalOf } from '../actions/core';
import { read } from '../actions/reading';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Heading } from '../parts/Heading';
import { Note } from '../parts/Note';
import { TaskLine } from '../parts/TaskLine';
import { useTask, type Task } from '../parts/useTask';
import { dispatch, useSelected } from '../state/store';
import { neutralName } from '../text/neutralise';

/** The relays: those chosen, and those that single chats need. */
export function Relays() {
  const relays = useSelected((s) => s.relays);
  const [address, setAddress] = useState('');
  const task = useTask();
  useEffect(() => void reload().catch(() => undefined), []);

  async function add(event: Event): Promise<void> {
    event.preventDefault();
    if (address.trim() === '') return;
    const added = await task.run(async () => {
      await call('relays.add', { address: address.trim() });
      await reload();
    });
    if (added) setAddress('');
  }

  return (
    <main class="content scrolls">
      <Heading up={{ kind: 'identity' }}>{t('relays')}</Heading>
      <div class="column">
        <p>{t('relays-what')}</p>
        <ul class="rows" role="list">
          {relays.map((relay) => (
            <Relay key={relay.address} relay={relay} />
          ))}
        </ul>
        {!relays.some((r) => r.chosen) && (
          <Button look="primary" icon="server" disabled={task.busy} onClick={() => void addPageRelay(task)}>
            {t('relay-of-page')}
          </Button>
        )}
        <form onSubmit={(e) => void add(e)} noValidate>
          <Field label={t('relay-address')} value={address} onValue={setAddress} hint={t('relay-address-hint')} mono />
          <TaskLine task={task} words={t('relay-adding')} />
          <Button type="submit" icon="plus" disabled={task.busy}>
            {t('relay-add')}
          </Button>
        </form>
      </div>
    </main>
  );
}

/** The relay that serves this page says its address in relay.json. An identity that was made offline has not heard of it yet. */
async function addPageRelay(task: Task): Promise<void> {
  const told: unknown = await fetch(new URL('relay.json', document.baseURI), { cache: 'no-store', credentials: 'omit' }).then(
    (answer) => (answer.ok ? answer.json() : null),
    () => null,
  );
  if (typeof told !== 'object' || told === null || !('address' in told) || typeof told.address !== 'string') return task.refuse('relay_not_reachable');
  const { address } = told;
  await task.run(async () => {
    await call('relays.add', { address });
    await reload();
  });
}

function reload(): Promise<void> {
  return read(() => call('relays.list', {}), (relays) => dispatch({ kind: 'relays', relays }));
}

function Relay({ relay }: { relay: RelayView }) {
  const [told, setTold] = useState<string | null>(null);
  const [bad, setBad] = useState(false);
  const [busy, setBusy] = useState(false);

  async function work(what: () => Promise<void>): Promise<void> {
    setBusy(true);
    setTold(null);
    try {
      await what();
    } catch (failure) {
      setBad(true);
      setTold(t(errorId(refusalOf(failure))));
    }
    setBusy(false);
  }

  const test = () =>
    work(async () => {
      const { outcome, milliseconds } = await call('relays.test', { address: relay.address });
      setBad(outcome !== 'reached');
      setTold(t(`relay-${outcome.replaceAll('_', '-')}`, { milliseconds }));
    });
  const remove = () =>
    work(async () => {
      await call('relays.remove', { address: relay.address });
      await reload();
    });

  // the key behind the address says who the relay is; people look at the host
  const [host = relay.address, key = ''] = relay.address.split('~shs:');
  return (
    <li class="row relay">
      <span class="row-main">
        <bdi class="strong" dir="ltr">
          {neutralName(host)}
        </bdi>
        {key !== '' && (
          <bdi class="hint mono wrap" dir="ltr">
            {neutralName(key)}
          </bdi>
        )}
        <span class="hint">
          {t(relay.connected ? 'relay-connected' : 'relay-away')}
          {!relay.chosen && ` · ${t('relay-not-chosen')}`}
        </span>
      </span>
      <span class="row-actions">
        <Button disabled={busy} onClick={() => void test()}>
          {t('relay-test')}
        </Button>
        {relay.chosen && (
          <Button look="quiet" icon="trash" disabled={busy} onClick={() => void remove()}>
            {t('relay-remove')}
          </Button>
        )}
      </span>
      {told !== null && (
        <Note tone={bad ? 'warn' : 'good'} live>
          {told}
        </Note>
      )}
    </li>
  );
}
