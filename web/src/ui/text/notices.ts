import type { ChatNotice } from '../../core/api';
import { t } from '../../messages/messages';
import { neutralName } from './neutralise';

/** The sentence of a line about the chat itself. */
export function noticeText(notice: ChatNotice, who: string): string {
  return notice === 'none' ? '' : t(`notice-${notice.replaceAll('_', '-')}`, { who: neutralName(who) });
}
