import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { t } from '../../messages/messages';
import { Icon } from '../parts/Icon';
import { useVirtual } from '../parts/useVirtual';
import { useWalk } from '../parts/useWalk';
import { roomRows, type RoomRow } from '../state/rooms';
import { dispatch } from '../state/store';
import type { RoomHere } from '../state/types';
import { dayNamer } from '../text/times';
import { RoomAnnouncer } from './RoomAnnouncer';
import { RoomLine } from './RoomLine';

/** What was said in a room, the newest in sight. Only the rows on the screen are in the page. */
export function RoomMessages({ room }: { room: RoomHere }) {
  const { view, lines } = room;
  const rows = useMemo(() => roomRows(lines, dayNamer()), [lines]);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtual(scroller, rows.length, (i) => rows[i]?.key ?? String(i), (i) => guess(rows[i]));
  const { active, walk, walkTo } = useWalk(list, scroller, rows.length, (i) => rows[i]?.kind === 'day');
  const placed = useRef(false);
  const atEnd = rows.length === 0 || list.isAtEnd();

  useLayoutEffect(() => {
    if (placed.current || rows.length === 0) return;
    placed.current = true;
    list.scrollToEnd();
  }, [rows.length]);

  // what one says oneself is always seen
  const own = lines.findLast((line) => line.own)?.id;
  useLayoutEffect(() => {
    if (own !== undefined) list.scrollToEnd();
  }, [own]);

  // what stands under the list may grow: who was at the end stays there
  const wasAtEnd = useRef(true);
  useLayoutEffect(() => {
    // while the details are in its place it has no height, and is nowhere
    if (scroller.current !== null && scroller.current.clientHeight > 0) wasAtEnd.current = atEnd;
  });
  useEffect(() => {
    const grown = new ResizeObserver(() => wasAtEnd.current && list.scrollToEnd());
    if (scroller.current !== null) grown.observe(scroller.current);
    return () => grown.disconnect();
  }, []);

  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible' && list.isAtEnd()) dispatch({ kind: 'room-seen', room: view.id });
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [atEnd, room.unread]);

  function jump(message: string): void {
    const index = rows.findIndex((row) => row.key === message);
    if (index >= 0) walkTo(index);
  }

  return (
    <div class="chat-body">
      <div ref={scroller} class="log scrolls" role="log" aria-live="off" aria-label={t('messages')} tabIndex={0} onKeyDown={walk}>
        <div class="log-length" style={{ height: `${list.getTotalSize()}px` }}>
          {list.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              row !== undefined && (
                <div key={row.key} data-index={item.index} ref={list.measureElement} class="log-row" style={{ transform: `translateY(${item.start}px)` }}>
                  <RoomLine row={row} room={room} tab={item.index === active} onJump={jump} />
                </div>
              )
            );
          })}
        </div>
      </div>
      {!atEnd && (
        <button type="button" class="to-newest" aria-label={t('to-newest')} title={t('to-newest')} onClick={() => list.scrollToEnd()}>
          <Icon name="arrow-down" />
          {room.unread > 0 && <span class="count">{room.unread}</span>}
        </button>
      )}
      <RoomAnnouncer room={room} />
    </div>
  );
}

/** A row's height before it is measured. */
function guess(row: RoomRow | undefined): number {
  if (row === undefined || row.kind === 'day') return 44;
  if (row.kind === 'notice') return 36;
  return row.line.file === null ? 24 + 22 * Math.max(1, Math.ceil(row.line.text.length / 48)) : 120;
}
