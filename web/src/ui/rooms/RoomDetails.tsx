import { useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { Button } from '../parts/Button';
import { Confirm } from '../parts/Dialog';
import { Heading } from '../parts/Heading';
import { Rename } from '../parts/Rename';
import { TaskLine } from '../parts/TaskLine';
import { noDetails, useMedia } from '../parts/useMedia';
import { useTask } from '../parts/useTask';
import { goInstead } from '../state/places';
import type { RoomHere } from '../state/types';
import { leaveRoom, relabel, renameIn, saveConversation, setLocked } from './acts';
import { CodeCard } from './CodeCard';
import { People } from './People';
import { useUp } from './useUp';

/** Of a room: who is here, the words to compare, the way in, one's name, and the ways out. */
export function RoomDetails({ room }: { room: RoomHere }) {
  const { view } = room;
  const [leaving, setLeaving] = useState(false);
  const locking = useTask();
  const instead = useMedia(noDetails);
  const up = useUp();
  const Tag = instead ? 'main' : 'aside';
  const open = view.stage !== 'ended';

  return (
    <Tag class="details scrolls" aria-label={t('room-details')}>
      <Heading level={instead ? 1 : 2} up={{ kind: 'room', room: view.id }}>
        {t('room-details')}
      </Heading>
      <div class="column">
        <People view={view} />
        {open && view.members.length > 1 && view.safety_words.length > 0 && (
          <section>
            <h2>{t('room-safety')}</h2>
            <p>{t('room-safety-what')}</p>
            <ol class="code-words" role="list" aria-label={t('room-safety')}>
              {view.safety_words.map((word, i) => (
                <li key={i}>{word}</li>
              ))}
            </ol>
          </section>
        )}
        {open && (
          <>
            <section>
              <CodeCard room={view} />
            </section>
            <section>
              <h2>{t('room-label')}</h2>
              <Rename name={view.label} label={t('room-label')} hint={t('room-label-hint')} required={false} onRename={(label) => relabel(view.id, label)} />
            </section>
            {view.is_owner && (
              <section>
                <h2>{t(view.locked ? 'room-locked' : 'room-open')}</h2>
                <p class="hint">{t(view.locked ? 'room-unlock-what' : 'room-lock-what')}</p>
                <TaskLine task={locking} words={t('room-locking')} />
                <Button icon={view.locked ? 'lock-open' : 'lock'} disabled={locking.busy} onClick={() => void locking.run(() => setLocked(view.id, !view.locked))}>
                  {t(view.locked ? 'room-unlock' : 'room-lock')}
                </Button>
              </section>
            )}
            <section>
              <h2>{t('room-name')}</h2>
              <Rename name={view.name} label={t('room-name')} hint={t('room-rename-hint')} onRename={(name) => renameIn(view.id, name)} />
            </section>
          </>
        )}
        <section>
          <h2>{t('ways-out')}</h2>
          <p class="hint">{t('room-save-hint')}</p>
          <Button icon="download" onClick={() => saveConversation(view)}>
            {t('room-save')}
          </Button>
          {open && (
            <>
              <p class="hint">{t(view.is_owner ? 'room-leave-owner' : 'room-leave-what')}</p>
              <Button look="danger" icon="log-out" onClick={() => setLeaving(true)}>
                {t(view.is_owner ? 'room-end' : 'room-leave')}
              </Button>
            </>
          )}
        </section>
      </div>
      {leaving && (
        <Confirm
          title={t(view.is_owner ? 'room-end' : 'room-leave')}
          text={t(view.is_owner ? 'room-leave-owner' : 'room-leave-what')}
          yes={t(view.is_owner ? 'room-end' : 'room-leave')}
          danger
          onYes={() => {
            setLeaving(false);
            goInstead(up);
            void leaveRoom(view.id).catch(() => undefined);
          }}
          onClose={() => setLeaving(false)}
        />
      )}
    </Tag>
  );
}
