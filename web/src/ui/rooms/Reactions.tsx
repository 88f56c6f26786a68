import type { RoomMessageView, RoomView } from '../../core/api';
import { t } from '../../messages/messages';
import { neutralName } from '../text/neutralise';
import { react } from './acts';

/** The signs under a message, and whose they are; one's own is taken back by pressing it. */
export function Reactions({ line, room, tab }: { line: RoomMessageView; room: RoomView; tab: boolean }) {
  if (line.reactions.length === 0) return null;
  const bySign = new Map<string, string[]>();
  for (const { session, sign } of line.reactions) bySign.set(sign, [...(bySign.get(sign) ?? []), session]);
  const nameOf = (session: string): string => (session === room.me ? t('you-alone') : neutralName(room.members.find((member) => member.session === session)?.name ?? '') || t('room-somebody'));
  return (
    <ul class="reactions" role="list" aria-label={t('room-reactions')}>
      {[...bySign].map(([sign, sessions]) => {
        const who = sessions.map(nameOf).join(', ');
        return (
          <li key={sign}>
            <button
              type="button"
              aria-pressed={sessions.includes(room.me)}
              aria-label={t('room-reaction-label', { sign: neutralName(sign), who })}
              title={who}
              tabIndex={tab ? 0 : -1}
              disabled={room.stage === 'ended'}
              onClick={() => react(room, line, sign)}
            >
              <bdi>{neutralName(sign)}</bdi> {sessions.length > 1 && sessions.length}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
