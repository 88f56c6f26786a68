import { useState } from 'preact/hooks';
import type { RoomMemberView, RoomView } from '../../core/api';
import { t } from '../../messages/messages';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Check } from '../parts/Field';
import { Name } from '../parts/Name';
import { TaskLine } from '../parts/TaskLine';
import { useTask } from '../parts/useTask';
import { neutralName } from '../text/neutralise';
import { handOverTo, removePerson } from './acts';

type Asked = { what: 'remove' | 'hand-over'; person: RoomMemberView };

/** Who is in a room, and what its owner can do about them. */
export function People({ view }: { view: RoomView }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <section>
      <h2>{t('room-people', { count: view.members.length })}</h2>
      <ul class="rows" role="list">
        {view.members.map((person) => (
          <li key={person.session} class="row">
            <span class="row-main">
              <Name name={person.name} class="strong" />
              <span class="hint">{about(view, person)}</span>
            </span>
            {view.is_owner && !person.own && view.stage !== 'ended' && (
              <span class="row-actions">
                <Button icon="crown" onClick={() => setAsked({ what: 'hand-over', person })}>
                  {t('room-hand-over')}
                </Button>
                <Button icon="user-x" onClick={() => setAsked({ what: 'remove', person })}>
                  {t('room-remove')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {asked !== null && <Ask view={view} {...asked} onClose={() => setAsked(null)} />}
    </section>
  );
}

function about(view: RoomView, person: RoomMemberView): string {
  const words = [person.own ? 'room-you' : null, person.owner ? 'room-owner' : null, person.away ? 'room-away' : null].filter((id) => id !== null).map((id) => t(id));
  return [...words, ...markOf(view, person)].join(', ');
}

/** Anybody may take another's name: a few signs that nobody chooses, the same on all screens, tell them apart. */
function markOf(view: RoomView, { name, session }: RoomMemberView): string[] {
  const several = view.members.filter((other) => neutralName(other.name) === neutralName(name)).length > 1;
  return several ? [session.slice(0, 4)] : [];
}

/** Removing asks, says what it does not do, and offers to lock the room too. */
function Ask({ view, what, person, onClose }: Asked & { view: RoomView; onClose: () => void }) {
  const [lockToo, setLockToo] = useState(true);
  const task = useTask();
  const who = [neutralName(person.name), ...markOf(view, person)].join(' ');
  const remove = what === 'remove';
  const act = async (): Promise<void> => {
    const done = await task.run(() => (remove ? removePerson(view.id, person.session, lockToo && !view.locked) : handOverTo(view.id, person.session)));
    if (done) onClose();
  };
  return (
    <Dialog title={t(remove ? 'room-remove-who' : 'room-hand-over-who', { who })} onClose={onClose}>
      <p>{t(remove ? 'room-remove-what' : 'room-hand-over-what', { who })}</p>
      {remove && !view.locked && <Check label={t('room-remove-lock')} hint={t('room-remove-lock-hint', { who })} checked={lockToo} onChecked={setLockToo} />}
      <TaskLine task={task} words={t(remove ? 'room-removing' : 'room-handing-over')} />
      <div class="actions">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button look={remove ? 'danger' : 'primary'} disabled={task.busy} onClick={() => void act()}>
          {t(remove ? 'room-remove' : 'room-hand-over')}
        </Button>
      </div>
    </Dialog>
  );
}
