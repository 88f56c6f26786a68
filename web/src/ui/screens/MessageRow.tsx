import type { ChatView, DeliveryState, MessageView } from '../../core/api';
import { t } from '../../messages/messages';
import { copyText } from '../actions/files';
import { toast } from '../actions/core';
import { Icon, type IconName } from '../parts/Icon';
import { Name } from '../parts/Name';
import { RichText } from '../parts/RichText';
import type { Row } from '../state/lines';
import { neutralName } from '../text/neutralise';
import { noticeText } from '../text/notices';
import { clock, daysAgo, fullTime, longDate } from '../text/times';

/** Before the core has answered, a message is on the screen but kept nowhere. */
type ShownState = DeliveryState | 'keeping';

const marks: Record<ShownState, IconName> = { keeping: 'clock', waiting: 'clock', sent: 'check', received: 'check-check' };

/** A row of a chat: a day, the unread line, a line about the chat, or a message. */
export function MessageRow({ row, chat, offline, tab }: { row: Row; chat: ChatView; offline: boolean; tab: boolean }) {
  switch (row.kind) {
    case 'day':
      return (
        <div class="day">
          <span>{dayWords(row.day)}</span>
        </div>
      );
    case 'unread':
      return (
        <div class="unread-line">
          <span>{t('unread-line')}</span>
        </div>
      );
    case 'notice':
      return (
        <p class="notice" tabIndex={tab ? 0 : -1} title={fullTime(row.message.time)}>
          {noticeText(row.message.notice, chat.participant, row.message.text)}
        </p>
      );
    case 'message':
      return <Message message={row.message} first={row.first} last={row.last} chat={chat} offline={offline} tab={tab} />;
    case 'echo':
      return (
        <Message
          message={{ own: true, kind: 'text', text: row.echo.text, time: row.echo.time, state: 'keeping' }}
          first={row.first}
          last
          chat={chat}
          offline={false}
          tab={tab}
        />
      );
  }
}

type Shown = Pick<MessageView, 'own' | 'kind' | 'text' | 'time'> & { state: ShownState };

function Message({ message, first, last, chat, offline, tab }: { message: Shown; first: boolean; last: boolean; chat: ChatView; offline: boolean; tab: boolean }) {
  const who = message.own ? t('you-alone') : neutralName(chat.participant);
  const state = message.own ? t(`state-${message.state}`) : '';
  return (
    <div
      class={`message ${message.own ? 'own' : 'theirs'}${first ? ' first' : ''}`}
      role="article"
      tabIndex={tab ? 0 : -1}
      aria-label={message.own ? t('message-label-own', { who, time: clock(message.time), state }) : t('message-label', { who, time: clock(message.time) })}
    >
      {first && !message.own && <Name name={chat.participant} class="author" />}
      <div class="bubble">
        <div class="text" dir="auto">
          {message.kind === 'unknown' ? <em>{t('message-unknown')}</em> : <RichText text={message.text} />}
        </div>
        <span class="meta">
          <time dateTime={message.time} title={fullTime(message.time)}>
            {clock(message.time)}
          </time>
          {message.own && <Icon name={marks[message.state]} label={state} />}
        </span>
        <button type="button" class="copy-message" tabIndex={tab ? 0 : -1} aria-label={t('copy-message')} title={t('copy-message')} onClick={() => void copy(message.text)}>
          <Icon name="copy" />
        </button>
      </div>
      {last && message.own && message.state === 'waiting' && <Waiting chat={chat} offline={offline} />}
    </div>
  );
}

/** Why a message is still here, where that lasts. */
function Waiting({ chat, offline }: { chat: ChatView; offline: boolean }) {
  const why = offline ? 'waiting-offline' : chat.stage === 'waiting_for_guest' || chat.stage === 'joining' || chat.stage === 'returning' ? 'waiting-guest' : null;
  return why === null ? null : <span class="waiting">{t(why)}</span>;
}

function dayWords(time: string): string {
  const days = daysAgo(time, new Date());
  return days === 0 ? t('today') : days === 1 ? t('yesterday') : longDate(time);
}

async function copy(text: string): Promise<void> {
  toast((await copyText(text)) ? 'copied' : 'copy-denied');
}
