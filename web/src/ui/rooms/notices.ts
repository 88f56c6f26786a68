import type { RoomMessageView, RoomView } from '../../core/api';
import { t } from '../../messages/messages';
import { neutralName } from '../text/neutralise';

/** The sentence of a line that nobody said. */
export function roomNotice(line: RoomMessageView, room: RoomView): string {
  if (line.notice === 'none') return '';
  if (line.notice === 'renamed' && line.from === room.me) return t('room-notice-renamed-you');
  if (line.notice === 'owner_changed' && line.from === room.me) return t('room-notice-owner-changed-you');
  if (line.notice === 'call_began' && line.from === room.me) return t('room-notice-call-began-you');
  return t(`room-notice-${line.notice.replaceAll('_', '-')}`, { who: neutralName(line.name) || t('room-somebody'), before: neutralName(line.text), count: line.count });
}
