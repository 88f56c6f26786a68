import type { RoomMessageView, RoomView } from '../../core/api';
import { t } from '../../messages/messages';
import { neutralName, neutralText } from '../text/neutralise';
import { fullTime } from '../text/times';
import { plainOf } from './markdown';
import { roomNotice } from './notices';

/** What was said, as a text for oneself. */
export function conversationOf(room: RoomView, lines: readonly RoomMessageView[]): string {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const said = lines.map((line) => {
    if (line.notice !== 'none') return `[${fullTime(line.time)}] ${roomNotice([line], room)}`;
    const answered = line.reply_to === null ? undefined : byId.get(line.reply_to);
    const quote = answered === undefined ? '' : `> ${whose(answered)}: ${firstLine(answered)}\n`;
    const signs = line.reactions.map((reaction) => neutralName(reaction.sign)).join(' ');
    return `[${fullTime(line.time)}] ${whose(line)}:\n${quote}${line.file === null ? neutralText(line.text).replaceAll('\n', '\n    ') : neutralName(line.file.name)}${signs === '' ? '' : `\n${signs}`}`;
  });
  return `${[neutralName(room.label) || t('room'), ...said].join('\n\n')}\n`;
}

export function whose(line: RoomMessageView): string {
  return line.own ? t('you-alone') : neutralName(line.name);
}

/** The beginning of what was said, in one line and without marks. */
export function firstLine(line: RoomMessageView, longest = 120): string {
  return line.file === null ? neutralName(plainOf(line.text).slice(0, longest)) : neutralName(line.file.name);
}
