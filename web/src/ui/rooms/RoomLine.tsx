import { useState } from 'preact/hooks';
import type { RoomMessageView } from '../../core/api';
import { t } from '../../messages/messages';
import { IconButton } from '../parts/Button';
import { Icon } from '../parts/Icon';
import { Name } from '../parts/Name';
import type { RoomRow } from '../state/rooms';
import { dispatch } from '../state/store';
import type { RoomHere } from '../state/types';
import { clock, daysAgo, fullTime, longDate } from '../text/times';
import { copied } from './acts';
import { firstLine, whose } from './conversation';
import { Markdown } from './Markdown';
import { roomNotice } from './notices';
import { ReactDialog } from './ReactDialog';
import { Reactions } from './Reactions';
import { RoomFile } from './RoomFile';

interface Props {
  row: RoomRow;
  room: RoomHere;
  tab: boolean;
  /** Goes to a message that is answered. */
  onJump: (message: string) => void;
}

/** A row of a room: a day, a line about the room, or a message. */
export function RoomLine({ row, room, tab, onJump }: Props) {
  if (row.kind === 'day')
    return (
      <div class="day">
        <span>{dayWords(row.day)}</span>
      </div>
    );
  if (row.kind === 'notice') {
    const [{ notice, time }] = row.lines;
    const alarming = notice === 'divided' || notice === 'withheld' || notice === 'gap';
    return (
      <p class={alarming ? 'notice alarming' : 'notice'} tabIndex={tab ? 0 : -1} title={fullTime(time)}>
        {alarming && <Icon name="triangle-alert" />} {roomNotice(row.lines, room.view)}
      </p>
    );
  }
  return <Message line={row.line} first={row.first} room={room} tab={tab} onJump={onJump} />;
}

function Message({ line, first, room, tab, onJump }: { line: RoomMessageView; first: boolean } & Omit<Props, 'row'>) {
  const [reacting, setReacting] = useState(false);
  const open = room.view.stage !== 'ended';
  const state = line.own ? t(line.sent ? 'state-sent' : 'state-waiting') : '';
  const answered = line.reply_to === null ? undefined : room.lines.find((other) => other.id === line.reply_to);
  return (
    <div
      class={`message ${line.own ? 'own' : 'theirs'}${first ? ' first' : ''}`}
      role="article"
      tabIndex={tab ? 0 : -1}
      aria-label={line.own ? t('message-label-own', { who: whose(line), time: clock(line.time), state }) : t('message-label', { who: whose(line), time: clock(line.time) })}
    >
      {first && !line.own && <Name name={line.name} class="author" />}
      <div class="bubble">
        {line.reply_to !== null && (
          <button type="button" class="quote" disabled={answered === undefined} tabIndex={tab ? 0 : -1} onClick={() => answered !== undefined && onJump(answered.id)}>
            <span class="strong">{answered === undefined ? t('room-reply-unknown') : whose(answered)}</span>
            {answered !== undefined && <bdi dir="auto">{firstLine(answered)}</bdi>}
          </button>
        )}
        <div class="text markdown" dir="auto">
          {line.file === null ? <Markdown text={line.text} /> : <RoomFile line={line} file={line.file} />}
        </div>
        <span class="meta">
          <time dateTime={line.time} title={fullTime(line.time)}>
            {clock(line.time)}
          </time>
          {line.own && <Icon name={line.sent ? 'check' : 'clock'} label={state} />}
        </span>
        <div class="message-actions">
          {open && (
            <>
              <IconButton icon="reply" label={t('room-reply')} onClick={() => reply(room.view.id, line.id)} />
              <IconButton icon="face-slightly-smiling-plus" label={t('room-react')} onClick={() => setReacting(true)} />
            </>
          )}
          {line.file === null && <IconButton icon="copy" label={t('copy-message')} onClick={() => void copied(line.text)} />}
        </div>
      </div>
      <Reactions line={line} room={room.view} tab={tab} />
      {reacting && <ReactDialog line={line} room={room.view} onClose={() => setReacting(false)} />}
    </div>
  );
}

function reply(room: string, message: string): void {
  dispatch({ kind: 'room-reply', room, message });
  document.querySelector<HTMLTextAreaElement>('.composer textarea')?.focus();
}

function dayWords(time: string): string {
  const days = daysAgo(time, new Date());
  return days === 0 ? t('today') : days === 1 ? t('yesterday') : longDate(time);
}
