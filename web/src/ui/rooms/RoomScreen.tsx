import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { CallButtons } from '../calls/CallButtons';
import { RoomCallLine } from '../calls/RoomCallLine';
import { IconButton } from '../parts/Button';
import { Heading } from '../parts/Heading';
import { Icon } from '../parts/Icon';
import { Name } from '../parts/Name';
import { Note } from '../parts/Note';
import { go } from '../state/places';
import { dispatch } from '../state/store';
import type { RoomHere } from '../state/types';
import { sendFiles } from './acts';
import { CodeCard } from './CodeCard';
import { Ended } from './Ended';
import { OwnerAway } from './OwnerAway';
import { RoomComposer } from './RoomComposer';
import { RoomMessages } from './RoomMessages';
import { useUp } from './useUp';

/** A room: who is here, what was said, and what to say next. */
export function RoomScreen({ room, details }: { room: RoomHere; details: boolean }) {
  const { view, lines } = room;
  const composer = useRef<HTMLTextAreaElement>(null);
  const [over, setOver] = useState(false);
  const up = useUp();
  const ended = view.stage === 'ended';
  // until somebody is here the way in is what is needed
  const alone = !ended && view.members.length < 2 && lines.every((line) => line.notice !== 'none');
  useEffect(() => {
    // on a phone the keyboard would cover what is to be read
    if (matchMedia('(pointer: fine)').matches && !alone) composer.current?.focus();
  }, [view.id]);

  return (
    <main
      class={over ? 'content chat room over' : 'content chat room'}
      onDragOver={(e) => {
        if (ended || !e.dataTransfer?.types.includes('Files')) return;
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        setOver(false);
        if (ended || e.dataTransfer === null || e.dataTransfer.files.length === 0) return;
        e.preventDefault();
        sendFiles(view.id, e.dataTransfer.files);
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Escape' || e.isComposing || document.querySelector('dialog[open]') !== null) return;
        if (room.replyTo !== null) dispatch({ kind: 'room-reply', room: view.id, message: null });
        else if (details) go({ kind: 'room', room: view.id });
      }}
    >
      <Heading
        up={up}
        end={
          <>
            {!ended && view.call === null && <CallButtons place={{ kind: 'room', id: view.id }} />}
            <IconButton icon="users-round" label={t('room-details')} pressed={details} onClick={() => go({ kind: details ? 'room' : 'room-details', room: view.id })} />
          </>
        }
      >
        {view.label === '' ? t('room') : <Name name={view.label} />}
        <span class="room-state">
          {view.locked && !ended && <Icon name="lock" label={t('room-locked')} />}
          {ended ? t('room-has-ended') : t('room-here-count', { count: view.members.length })}
        </span>
      </Heading>
      <RoomCallLine room={view} />
      {alone ? (
        <div class="chat-body scrolls">
          <div class="column">
            <CodeCard room={view} />
            <p class="hint">{t(view.is_owner ? 'room-yours' : 'room-of-another')}</p>
          </div>
        </div>
      ) : (
        <RoomMessages room={room} />
      )}
      {view.stage === 'connecting' && (
        <div role="status">
          <Note>{t('room-connecting')}</Note>
        </div>
      )}
      {view.stage === 'owner_away' && view.deadline !== null && <OwnerAway deadline={view.deadline} />}
      {ended ? <Ended view={view} /> : <RoomComposer room={room} input={composer} />}
    </main>
  );
}
