import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatView } from '../../core/api';
import { t } from '../../messages/messages';
import { markRead, readOlder } from '../actions/messages';
import { Icon } from '../parts/Icon';
import { Announcer } from '../parts/Announcer';
import { useVirtual } from '../parts/useVirtual';
import { useWalk } from '../parts/useWalk';
import { rowsOf, type Row } from '../state/lines';
import { dispatch, useSelected } from '../state/store';
import type { Lines } from '../state/types';
import { dayNamer } from '../text/times';
import { MessageRow } from './MessageRow';

const none: readonly Row[] = [];
/** How many rows from the top older ones are read. */
const readAhead = 20;
const keptRows = 400;

/** What was said, the newest in sight. Only the rows on the screen are in the page. */
export function Messages({ chat, lines }: { chat: ChatView; lines: Lines | undefined }) {
  const rows = useMemo(() => (lines === undefined ? none : rowsOf(lines, dayNamer())), [lines]);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtual(scroller, rows.length, (i) => rows[i]?.key ?? String(i), (i) => guess(rows[i]));
  const { active, walk } = useWalk(list, scroller, rows.length, (i) => rows[i]?.kind === 'day' || rows[i]?.kind === 'unread');
  const [settled, setSettled] = useState(false);
  const placed = useRef(false);
  const kept = useRef(new Map<string, { row: Row; tab: boolean; chat: ChatView; offline: boolean; node: VNode }>());
  const offline = useSelected((s) => s.relays.every((r) => !r.connected));
  const items = list.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const atEnd = rows.length === 0 || list.isAtEnd();

  // the first time: where the unread part begins, else the newest
  useLayoutEffect(() => {
    if (placed.current || rows.length === 0) return;
    placed.current = true;
    const unread = rows.findIndex((r) => r.kind === 'unread');
    if (unread > 0) list.scrollToIndex(unread, { align: 'start' });
    else list.scrollToEnd();
    // where the list stands is known after it was drawn there once
    requestAnimationFrame(() => requestAnimationFrame(() => setSettled(true)));
  }, [rows]);

  // what one says oneself is always seen
  const said = lines?.echoes.at(-1)?.key;
  useLayoutEffect(() => {
    if (said !== undefined) list.scrollToEnd();
  }, [said]);

  useEffect(() => {
    if (settled && first < readAhead && lines?.whole === false) void readOlder(chat.id);
  }, [settled, first < readAhead, rows.length, lines?.whole]);

  useEffect(() => {
    // not before it is here: where the unread part begins is known only then
    if (atEnd && lines !== undefined && document.visibilityState === 'visible') void markRead(chat.id);
  }, [atEnd, chat.unread, lines === undefined]);

  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState !== 'visible') return;
      dispatch({ kind: 'looked', chat: chat.id });
      if (list.isAtEnd()) void markRead(chat.id);
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [chat.id]);

  // the same row is drawn once: while one scrolls, only what comes into sight is new
  function drawn(row: Row, tab: boolean): VNode {
    const before = kept.current.get(row.key);
    if (before !== undefined && before.row === row && before.tab === tab && before.chat === chat && before.offline === offline) return before.node;
    if (kept.current.size > keptRows) kept.current.clear();
    const node = <MessageRow row={row} chat={chat} offline={offline} tab={tab} />;
    kept.current.set(row.key, { row, tab, chat, offline, node });
    return node;
  }

  return (
    <div class="chat-body">
      <div ref={scroller} class="log scrolls" role="log" aria-live="off" aria-label={t('messages')} tabIndex={0} onKeyDown={walk}>
        <div class="log-length" style={{ height: `${list.getTotalSize()}px` }}>
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row !== undefined && (
                <div key={row.key} data-index={item.index} ref={list.measureElement} class="log-row" style={{ transform: `translateY(${item.start}px)` }}>
                  {drawn(row, item.index === active)}
                </div>
              )
            );
          })}
        </div>
      </div>
      {!atEnd && (
        <button type="button" class="to-newest" aria-label={t('to-newest')} title={t('to-newest')} onClick={() => list.scrollToEnd()}>
          <Icon name="arrow-down" />
          {chat.unread > 0 && <span class="count">{chat.unread}</span>}
        </button>
      )}
      <Announcer chat={chat} lines={lines} />
    </div>
  );
}

/** A row's height before it is measured. */
function guess(row: Row | undefined): number {
  if (row === undefined || row.kind === 'day' || row.kind === 'unread') return 44;
  if (row.kind === 'notice') return 36;
  const text = row.kind === 'echo' ? row.echo.text : row.message.text;
  let lines = Math.ceil(text.length / 48);
  for (let at = text.indexOf('\n'); at >= 0 && lines < 400; at = text.indexOf('\n', at + 1)) lines++;
  return 24 + 22 * Math.max(1, lines);
}
