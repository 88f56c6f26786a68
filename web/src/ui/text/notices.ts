import type { ChatNotice } from '../../core/api';
import { t } from '../../messages/messages';
import { neutralName } from './neutralise';
import { duration } from './times';

/** The sentence of a line about the chat itself; the text is what belongs to it, as the length of a call in seconds. */
export function noticeText(notice: ChatNotice, who: string, text: string): string {
  return notice === 'none' ? '' : t(`notice-${notice.replaceAll('_', '-')}`, { who: neutralName(who), text: notice === 'call_ended' ? duration(Number(text)) : '' });
}
