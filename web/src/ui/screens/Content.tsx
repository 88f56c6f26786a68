import type { OpenIdentity } from '../../core/api';
import { t } from '../../messages/messages';
import { EmptyChats } from '../parts/EmptyChats';
import { chatOf, visibleChats } from '../state/reduce';
import { useSelected } from '../state/store';
import type { Place } from '../state/types';
import { ChatScreen } from './ChatScreen';
import { Details } from './Details';
import { Export } from './Export';
import { Identity } from './Identity';
import { Join } from './Join';
import { NewChat } from './NewChat';
import { Relays } from './Relays';

/** What stands beside the list. */
export function Content({ place, open }: { place: Place; open: OpenIdentity }) {
  const chat = useSelected((s) => ('chat' in place && place.chat !== null ? chatOf(s, place.chat) : null));
  // a link that is opened while another is being entered starts over
  const link = useSelected((s) => s.link);
  const none = useSelected((s) => s.chats !== null && visibleChats(s).length === 0);
  switch (place.kind) {
    case 'chat':
    case 'details':
      if (chat === null) return <main class="content" />;
      return (
        <>
          <ChatScreen key={chat.id} chat={chat} />
          {place.kind === 'details' && <Details key={`d${chat.id}`} chat={chat} />}
        </>
      );
    case 'new-chat':
      return <NewChat />;
    case 'join':
      return <Join key={link ?? ''} chat={chat} />;
    case 'identity':
      return <Identity open={open} />;
    case 'export':
      return <Export open={open} />;
    case 'relays':
      return <Relays />;
    default:
      return <main class="content idle">{none && !open.read_only ? <EmptyChats /> : <p class="hint">{t('chats-choose')}</p>}</main>;
  }
}
