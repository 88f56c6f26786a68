import { useEffect, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { Avatar } from '../parts/Avatar';
import { Icon } from '../parts/Icon';
import type { Mine } from './media';
import { OwnPicture } from './OwnPicture';
import { Picture } from './Picture';
import { QualitySign } from './QualitySign';
import type { Party, Talk } from './talk';

/** Everybody alike, or large whoever speaks. */
export type View = 'grid' | 'speaker';

const quiet = 0.02;
const looks = 700;

/** What is seen of a call: the other one large and oneself in a corner; with more people a grid, or the one who speaks. */
export function CallStage({ talk, has, view }: { talk: Talk; has: Mine; view: View }) {
  const { parties } = talk;
  const speaker = useSpeaker(parties, has);
  const [first] = parties;
  if (first === undefined) return <Alone has={has} />;
  if (parties.length === 1) return <Two party={first} has={has} face={talk.open} />;
  const shows = parties.find((party) => party.screen);
  const isGrid = view === 'grid' && shows === undefined;
  const large = isGrid ? undefined : (parties.find((party) => party.key === speaker) ?? first);
  const others = isGrid ? {} : { role: 'group' as const, 'aria-label': t('call-others'), tabIndex: 0 };
  // whoever becomes large stays in the list: a picture that is moved in the page goes black for a moment
  return (
    <div class={isGrid ? `stage grid of-${parties.length + 1}` : 'stage speaker'}>
      <div class="tiles" {...others}>
        {shows !== undefined && <Tile key="screen" party={shows} has={has} speaks={shows.key === speaker} screen large />}
        {parties.map((party) => (
          <Tile key={party.key} party={party} has={has} speaks={party.key === speaker} large={shows === undefined && party === large} />
        ))}
        <OwnTile key="own" has={has} />
      </div>
    </div>
  );
}

function Alone({ has }: { has: Mine }) {
  const { camera } = has.local.tracks.value;
  return (
    <div class="stage">
      {camera === undefined ? <p class="hint">{t('call-alone-hint')}</p> : <OwnPicture local={has.local} look="fill own" />}
    </div>
  );
}

function Two({ party, has, face }: { party: Party; has: Mine; face: boolean }) {
  const theirs = has.connections.get(party.key)?.theirs.value ?? {};
  const { camera } = has.local.tracks.value;
  const shown = party.screen ? theirs.screen : party.camera ? theirs.camera : undefined;
  return (
    <div class="stage">
      {shown !== undefined && <Picture stream={shown} muted look={party.screen ? 'whole' : 'fill'} label={t('call-their-picture', { who: party.name })} />}
      {shown === undefined && (face ? <Face party={party} /> : <Avatar safetyNumber={party.face} large />)}
      {party.screen && party.camera && <Picture stream={theirs.camera} muted look="corner theirs" label={t('call-their-picture', { who: party.name })} />}
      {camera !== undefined && <OwnPicture local={has.local} look="corner own" />}
      {party.muted && (
        <p class="call-sign">
          <Icon name="mic-off" /> {t('call-they-muted', { who: party.name })}
        </p>
      )}
    </div>
  );
}

function Tile({ party, has, speaks, screen = false, large = false }: { party: Party; has: Mine; speaks: boolean; screen?: boolean; large?: boolean }) {
  const connection = has.connections.get(party.key);
  const theirs = connection?.theirs.value ?? {};
  const shown = screen ? theirs.screen : party.camera ? theirs.camera : undefined;
  return (
    <figure class={`tile${speaks ? ' speaks' : ''}${large ? ' large' : ''}`}>
      {shown === undefined ? <Face party={party} /> : <Picture stream={shown} muted look={screen ? 'whole' : 'fill'} label={t('call-their-picture', { who: party.name })} />}
      <figcaption>
        {party.muted && <Icon name="mic-off" label={t('call-they-muted', { who: party.name })} />}
        <span>{party.name}</span>
        {party.apart === null && connection !== undefined ? <QualitySign quality={connection.quality.value} /> : <span class="hint">{party.apart}</span>}
      </figcaption>
    </figure>
  );
}

function OwnTile({ has }: { has: Mine }) {
  const { camera } = has.local.tracks.value;
  return (
    <figure class="tile">
      {camera === undefined ? (
        <span class="face">
          <Icon name="user-round" />
        </span>
      ) : (
        <OwnPicture local={has.local} look="fill own" />
      )}
      <figcaption>
        {!has.local.speaking.value && <Icon name="mic-off" label={t('call-you-muted')} />}
        <span>{t('room-you')}</span>
      </figcaption>
    </figure>
  );
}

/** In a room a name is all there is of a person who shows no picture. */
function Face({ party }: { party: Party }) {
  return (
    <span class="face" aria-hidden="true">
      {[...party.name][0]?.toLocaleUpperCase()}
    </span>
  );
}

/** Who was the loudest a moment ago; whoever is silent stays until another one speaks. */
function useSpeaker(parties: readonly Party[], has: Mine): string | null {
  const [speaker, setSpeaker] = useState<string | null>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      let loudest = quiet;
      let who: string | null = null;
      for (const { key, muted } of parties) {
        const loudness = muted ? 0 : (has.connections.get(key)?.loudness.peek() ?? 0);
        if (loudness > loudest) [loudest, who] = [loudness, key];
      }
      if (who !== null) setSpeaker(who);
    }, looks);
    return () => clearInterval(timer);
  }, [parties, has.connections]);
  return speaker !== null && parties.some((party) => party.key === speaker) ? speaker : null;
}
