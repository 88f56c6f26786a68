import type { Place } from '../state/types';
import { roomOf } from '../state/rooms';
import { useSelected } from '../state/store';
import { EnterRoom } from './EnterRoom';
import { OpenRoom } from './OpenRoom';
import { RoomDetails } from './RoomDetails';
import { RoomScreen } from './RoomScreen';

/** The screens of rooms. They stand alone, with an identity and without. */
export function Rooms({ place }: { place: Place }) {
  const link = useSelected((s) => s.roomLink);
  const room = useSelected((s) => ('room' in place ? roomOf(s, place.room) : null));
  if (place.kind === 'open-room') return <OpenRoom />;
  // a link that is opened while another is being entered starts over
  if (place.kind === 'enter-room') return <EnterRoom key={link ?? ''} />;
  if (room === null) return <main class="content" />;
  const details = place.kind === 'room-details';
  return (
    <div class={details ? 'room-shell with-details' : 'room-shell'}>
      <RoomScreen key={room.view.id} room={room} details={details} />
      {details && <RoomDetails key={`d${room.view.id}`} room={room} />}
    </div>
  );
}
