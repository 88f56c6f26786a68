import { useState } from 'preact/hooks';
import type { RoomMessageView, RoomView } from '../../core/api';
import { t } from '../../messages/messages';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Field } from '../parts/Field';
import { bytesOver } from '../text/bytes';
import { react } from './acts';

const palette = ['👍', '❤️', '😂', '😮', '😢', '🙏', '✅', '❌'];
const longest = 32;

/** A sign for a message: a few to choose from, and whatever the device's keyboard has. */
export function ReactDialog({ line, room, onClose }: { line: RoomMessageView; room: RoomView; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const sign = typed.trim();
  const pick = (chosen: string): void => {
    react(room, line, chosen);
    onClose();
  };
  return (
    <Dialog title={t('room-react')} onClose={onClose}>
      <div class="palette">
        {palette.map((one) => (
          <button key={one} type="button" class="icon-button" onClick={() => pick(one)}>
            {one}
          </button>
        ))}
      </div>
      <form
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          if (sign !== '' && bytesOver(sign, longest) === 0) pick(sign);
        }}
      >
        <Field label={t('room-react-other')} value={typed} onValue={setTyped} required={false} error={bytesOver(sign, longest) > 0 ? t('room-react-long') : null} />
        <Button type="submit" disabled={sign === ''}>
          {t('room-react')}
        </Button>
      </form>
    </Dialog>
  );
}
