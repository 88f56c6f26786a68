import type { ChatView } from '../../core/api';
import { t } from '../../messages/messages';
import { Avatar } from '../parts/Avatar';
import { Icon } from '../parts/Icon';
import { Name } from '../parts/Name';
import { go } from '../state/places';
import { useSelected } from '../state/store';
import { neutralName } from '../text/neutralise';
import { noticeText } from '../text/notices';
import { listTime } from '../text/times';

const previewLength = 120;

/** A chat in the list: whose, what was said last and when, what is unread. */
export function ChatListItem({ chat, current, tab }: { chat: ChatView; current: boolean; tab: boolean }) {
  const draft = useSelected((s) => s.drafts[chat.id]);
  return (
    <li>
      <button type="button" class="chat-item" aria-current={current ? 'true' : undefined} tabIndex={tab ? 0 : -1} onClick={() => go({ kind: 'chat', chat: chat.id })}>
        <Avatar safetyNumber={chat.safety_number} />
        <span class="chat-item-main">
          <span class="chat-item-line">
            <Name name={chat.name} class="strong" />
            {chat.muted && <Icon name="bell-off" label={t('muted')} />}
            <time class="hint" dateTime={chat.last_activity}>
              {listTime(chat.last_activity, new Date())}
            </time>
          </span>
          <span class="chat-item-line">
            <span class="preview">{draft === undefined || current ? <Last chat={chat} /> : <Draft text={draft} />}</span>
            {chat.unread > 0 && (
              <span class={chat.muted ? 'count muted' : 'count'}>
                <span aria-hidden="true">{chat.unread}</span>
                <span class="spoken">{t('unread-count', { count: chat.unread })}</span>
              </span>
            )}
          </span>
        </span>
      </button>
    </li>
  );
}

function Draft({ text }: { text: string }) {
  return (
    <>
      <span class="accent">{t('draft')}</span> <bdi dir="auto">{neutralName(text.slice(0, previewLength))}</bdi>
    </>
  );
}

function Last({ chat }: { chat: ChatView }) {
  const last = chat.last_message;
  if (chat.stage !== 'open' && chat.stage !== 'joined' && chat.stage !== 'retired') return <span class="stage">{t(`stage-${chat.stage.replaceAll('_', '-')}`)}</span>;
  if (last === null) return <>{t('chat-empty')}</>;
  if (last.kind === 'notice') return <>{noticeText(last.notice, chat.participant, last.text)}</>;
  if (last.kind === 'unknown') return <>{t('message-unknown')}</>;
  const text = neutralName(last.text.slice(0, previewLength));
  return last.own ? (
    <>
      {t('you')} <bdi dir="auto">{text}</bdi>
    </>
  ) : (
    <bdi dir="auto">{text}</bdi>
  );
}
