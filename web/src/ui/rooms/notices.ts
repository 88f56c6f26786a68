import type { RoomMessageView, RoomView } from '../../core/api';
import { t } from '../../messages/messages';
import { listOf } from '../text/lists';
import { neutralName } from '../text/neutralise';

/** More than that are counted. */
const named = 5;

/** The sentence of lines that nobody said; of several, who came or went one after the other. */
export function roomNotice(lines: readonly [RoomMessageView, ...RoomMessageView[]], room: RoomView): string {
  const [line] = lines;
  if (line.notice === 'none') return '';
  if (line.notice === 'renamed' && line.from === room.me) return t('room-notice-renamed-you');
  if (line.notice === 'owner_changed' && line.from === room.me) return t('room-notice-owner-changed-you');
  if (line.notice === 'call_began' && line.from === room.me) return t('room-notice-call-began-you');
  const who = new Map(lines.map(({ from, name }) => [from, neutralName(name) || t('room-somebody')]));
  const words = { who: together([...who.values()]), before: neutralName(line.text), count: line.count };
  return t(`room-notice-${line.notice.replaceAll('_', '-')}${who.size > 1 ? '-many' : ''}`, words);
}

function together(names: readonly string[]): string {
  return listOf(names.length <= named ? names : [...names.slice(0, named - 1), t('room-notice-others', { count: names.length - named + 1 })]);
}
