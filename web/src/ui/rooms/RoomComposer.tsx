import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../../messages/messages';
import { errorId } from '../actions/core';
import { sendings, type Sending } from '../actions/rooms';
import { Button, IconButton } from '../parts/Button';
import { WriteLine } from '../parts/WriteLine';
import { dispatch } from '../state/store';
import type { RoomHere } from '../state/types';
import { bytesOver } from '../text/bytes';
import { neutralName } from '../text/neutralise';
import { sizeWords } from '../text/sizes';
import { dropSending, sayIn, sendFile, sendFiles, stopSending, stopTyping, typed } from './acts';
import { firstLine, whose } from './conversation';

/** The longest text in a room, in bytes: docs/protocol/rooms.md. */
const longest = 60_000;

/** Where one writes in a room: the message that is answered, files on their way, who else types. */
export function RoomComposer({ room, input }: { room: RoomHere; input: RefObject<HTMLTextAreaElement | null> }) {
  const { view, draft, replyTo } = room;
  const files = useRef<HTMLInputElement>(null);
  const over = bytesOver(draft, longest);
  const answered = replyTo === null ? undefined : room.lines.find((line) => line.id === replyTo);
  const mine = sendings.value.filter((sending) => sending.room === view.id);
  const who = view.members.filter((member) => room.typing.includes(member.session)).map((member) => neutralName(member.name));

  return (
    <>
      <p class="typing" role="status">
        {who.length > 0 && t('room-typing', { who: who.join(', '), count: who.length })}
      </p>
      <WriteLine
        value={draft}
        over={over}
        tooLong={t('room-too-long', { over })}
        input={input}
        onValue={(text) => {
          dispatch({ kind: 'room-draft', room: view.id, text });
          if (text === '') stopTyping(view.id);
          else typed(view.id);
        }}
        onSend={(text) => void sayIn(view.id, text, replyTo)}
        onPaste={(event) => {
          const pasted = event.clipboardData?.files;
          if (pasted === undefined || pasted.length === 0) return;
          event.preventDefault();
          sendFiles(view.id, pasted);
        }}
        above={
          <>
            {mine.length > 0 && (
              <div class="sendings">
                {mine.map((sending) => (
                  <SendingRow key={sending.key} sending={sending} />
                ))}
              </div>
            )}
            {answered !== undefined && (
              <div class="answering">
                <span class="quote">
                  <span class="strong">{whose(answered)}</span>
                  <bdi dir="auto">{firstLine(answered)}</bdi>
                </span>
                <IconButton icon="x" label={t('room-no-reply')} onClick={() => dispatch({ kind: 'room-reply', room: view.id, message: null })} />
              </div>
            )}
          </>
        }
        before={
          <>
            <IconButton icon="paperclip" label={t('room-attach')} onClick={() => files.current?.click()} />
            <input
              ref={files}
              class="hidden"
              type="file"
              multiple
              tabIndex={-1}
              aria-hidden="true"
              onChange={(e) => {
                sendFiles(view.id, [...(e.currentTarget.files ?? [])]);
                e.currentTarget.value = '';
              }}
            />
          </>
        }
      />
    </>
  );
}

function SendingRow({ sending }: { sending: Sending }) {
  const { file, sent, refusal } = sending;
  return (
    <div class="sending" role="status">
      <span class="sending-name">
        <bdi dir="auto">{neutralName(file.name)}</bdi> <span class="hint">{sizeWords(file.size)}</span>
        {refusal === null ? <progress aria-label={t('room-sending')} max={file.size} value={sent} /> : <span class="field-error">{t(errorId(refusal))}</span>}
      </span>
      {refusal === null ? (
        <IconButton icon="x" label={t('room-stop-sending')} onClick={() => stopSending(sending)} />
      ) : (
        <>
          <Button onClick={() => void sendFile(sending)}>{t('room-try-again')}</Button>
          <IconButton icon="x" label={t('close')} onClick={() => dropSending(sending.key)} />
        </>
      )}
    </div>
  );
}
