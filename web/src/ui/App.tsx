import { isOfRooms, needsIdentity } from './state/reduce';
import { useSelected } from './state/store';
import { Sprite } from './parts/Icon';
import { LaterRooms } from './parts/LaterRooms';
import { Toasts } from './parts/Toasts';
import { UpdateBanner } from './parts/UpdateBanner';
import { CallLayer } from './calls/CallLayer';
import { About } from './screens/About';
import { Create } from './screens/Create';
import { Failed } from './screens/Failed';
import { Home } from './screens/Home';
import { Import } from './screens/Import';
import { Install } from './screens/Install';
import { Shell } from './screens/Shell';
import { Starting } from './screens/Starting';
import { Unlock } from './screens/Unlock';

export function App() {
  return (
    <>
      <Sprite />
      <UpdateBanner />
      <Screen />
      <CallLayer />
      <Toasts />
    </>
  );
}

function Screen() {
  const core = useSelected((s) => s.core);
  const host = useSelected((s) => s.host);
  const place = useSelected((s) => s.place);
  if (core === 'failed') return <Failed />;
  if (host === null) return <Starting />;
  if (isOfRooms(place)) return <LaterRooms place={place} />;
  if (host.open !== null && needsIdentity(place)) return <Shell open={host.open} place={place} />;
  switch (place.kind) {
    case 'create':
      return <Create host={host} />;
    case 'import':
      return <Import host={host} />;
    case 'unlock':
      return <Unlock key={place.id} host={host} id={place.id} />;
    case 'install':
      return <Install />;
    case 'about':
      return <About version={host.version} />;
    default:
      return <Home host={host} />;
  }
}
