import { useEffect, useRef, useState } from 'preact/hooks';
import type { RoomCodeView } from '../../core/api';
import { t } from '../../messages/messages';
import { call } from '../actions/core';
import { Button } from '../parts/Button';
import { Heading } from '../parts/Heading';
import { Note } from '../parts/Note';
import { Scanner } from '../parts/Scanner';
import { TaskLine } from '../parts/TaskLine';
import { useTask } from '../parts/useTask';
import { state } from '../state/store';
import { enterRoom } from './acts';
import { CodeField } from './CodeField';
import { hostOf } from './code';
import { NameField, useNickname } from './NameField';
import { useUp } from './useUp';

const pause = 200;

/** The code of a room, typed, pasted, scanned or opened as a link, and a name in it. */
export function EnterRoom() {
  // a link that was opened is taken over; from here on it is in this form
  const link = useRef(state.peek().roomLink);
  const [code, setCode] = useState(link.current ?? '');
  const [checked, setChecked] = useState<RoomCodeView | null>(null);
  const [name, setName] = useNickname();
  const [scanning, setScanning] = useState(false);
  const [tried, setTried] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const task = useTask();
  const up = useUp();

  useEffect(() => {
    setChecked(null);
    if (code.trim() === '') return undefined;
    let over = false;
    const timer = setTimeout(() => {
      call('rooms.check', { code }).then(
        (view) => over || setChecked(view),
        () => undefined,
      );
    }, pause);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [code]);

  function take(text: string): void {
    setCode(text);
    setTried(false);
    task.refuse(null);
  }

  function submit(event: Event): void {
    event.preventDefault();
    setTried(true);
    if (code.trim() !== '' && (checked === null || checked.error === null)) void task.run(() => enterRoom(code.trim(), '', name));
  }

  const byLink = link.current !== null && code === link.current && (checked === null || checked.error === null);
  const elsewhere = checked?.relay == null ? null : hostOf(checked.relay);
  const aboutName = task.refusal === 'bad_name';
  return (
    <main class="outside">
      <Heading up={up}>{t('enter-room')}</Heading>
      <form onSubmit={submit} noValidate>
        {byLink ? (
          <p>{t('enter-room-link')}</p>
        ) : (
          <>
            <p>{t('enter-room-what')}</p>
            <CodeField value={code} onValue={take} checked={checked} tried={tried} />
            <div class="field-actions">
              <Button icon="camera" onClick={() => setScanning(true)}>
                {t('scan')}
              </Button>
            </div>
          </>
        )}
        <NameField value={name} onValue={setName} refusal={task.refusal} input={nameField} />
        {elsewhere !== null && elsewhere !== location.host && <Note>{t('room-elsewhere', { relay: elsewhere })}</Note>}
        <TaskLine task={aboutName ? { ...task, refusal: null } : task} words={t('room-entering')} />
        <div class="actions">
          <Button look="primary" type="submit" icon="log-in" disabled={task.busy}>
            {t('enter-room')}
          </Button>
        </div>
      </form>
      <p class="hint">{t('room-who-sees')}</p>
      {scanning && (
        <Scanner
          onFound={(text) => {
            setScanning(false);
            take(text);
            nameField.current?.focus();
          }}
          onClose={() => setScanning(false)}
        />
      )}
    </main>
  );
}
