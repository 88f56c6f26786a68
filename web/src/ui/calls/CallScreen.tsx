import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { IconButton } from '../parts/Button';
import { Icon } from '../parts/Icon';
import { duration } from '../text/times';
import { CallControls } from './CallControls';
import { CallStage, type View } from './CallStage';
import type { Connection } from './connection';
import { mine, small, switchTo } from './media';
import { QualitySign } from './QualitySign';
import type { Party, Talk } from './talk';

interface Props {
  talk: Talk;
  onEnd: () => void;
  /** Another tab has it. */
  elsewhere?: boolean;
}

/** A call: the others, oneself, the words to compare, and what can be switched. */
export function CallScreen({ talk, onEnd, elsewhere = false }: Props) {
  const has = elsewhere ? null : mine.value;
  const screen = useRef<HTMLElement>(null);
  const [view, setView] = useState<View>('grid');
  const status = useStatus(talk);
  const label = t(talk.open ? 'call-in' : 'call-with', { who: talk.title });
  useEffect(() => screen.current?.focus(), [small.value]);
  useWakeLock();
  usePushToTalk();

  if (small.value || has === null) {
    return (
      <div class="call-bar" role="region" aria-label={label}>
        <button type="button" class="text-button" disabled={has === null} onClick={() => (small.value = false)}>
          <Icon name="phone" /> <span>{talk.title}</span> <span>{has === null ? t('call-elsewhere') : status}</span>
        </button>
        <IconButton icon="phone-off" label={t('call-end')} onClick={onEnd} />
        {has !== null && <Sounds connections={has.connections} />}
      </div>
    );
  }

  const alone = talk.parties.length === 1 ? talk.parties[0] : undefined;
  const connection = alone === undefined ? undefined : has.connections.get(alone.key);
  return (
    <section ref={screen} class="call" tabIndex={-1} aria-label={label}>
      <header>
        <div>
          <h2>{talk.title}</h2>
          <p role="status">{status}</p>
        </div>
        {alone?.connected === true && connection !== undefined && <QualitySign quality={connection.quality.value} />}
        <IconButton icon="minimize-2" label={t(talk.open ? 'call-small-room' : 'call-small')} onClick={() => (small.value = true)} />
      </header>
      <CallStage talk={talk} has={has} view={view} />
      <Sounds connections={has.connections} />
      <Words parties={talk.parties} />
      <CallControls local={has.local} view={talk.parties.length > 1 ? view : null} onView={setView} picture={talk.parties.some((party) => party.camera || party.screen)} onEnd={onEnd} />
    </section>
  );
}

/** Their voices; the pictures are without sound. */
function Sounds({ connections }: { connections: ReadonlyMap<string, Connection> }) {
  return (
    <>
      {[...connections].map(([key, connection]) => (
        <Sound key={key} voice={connection.theirs.value.voice} />
      ))}
    </>
  );
}

function Sound({ voice }: { voice: MediaStream | undefined }) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    if (audio.current === null || voice === undefined) return;
    audio.current.srcObject = voice;
    audio.current.play().catch(() => undefined);
  }, [voice]);
  // what people say to each other has no captions
  // eslint-disable-next-line jsx-a11y/media-has-caption
  return <audio ref={audio} autoPlay />;
}

/** With every other person there are words of one's own. */
function Words({ parties }: { parties: readonly Party[] }) {
  const known = parties.filter((party) => party.words !== null);
  if (known.length === 0) return null;
  const several = parties.length > 1;
  return (
    <details class="call-words">
      <summary>
        <Icon name="shield-question-mark" /> {t('call-words')}
      </summary>
      {several ? (
        <dl>
          {known.map(({ key, name, words }) => (
            <div key={key}>
              <dt>{name}</dt>
              <dd class="words" translate={false}>
                {words}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p class="words" translate={false}>
          {known[0]?.words}
        </p>
      )}
      <p>{several ? t('call-words-hint-each') : t('call-words-hint', { who: known[0]?.name ?? '' })}</p>
    </details>
  );
}

function useStatus({ since, waiting }: Talk): string {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return waiting ?? duration((now - Date.parse(since ?? '')) / 1_000);
}

/** The screen stays on while one talks. */
function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return undefined;
    const lock = navigator.wakeLock.request('screen').catch(() => null);
    return () => void lock.then((held) => held?.release());
  }, []);
}

/** While the space bar is held a muted microphone is open. It closes also where the bar is let go unseen: in another window, or after the call. */
function usePushToTalk(): void {
  useEffect(() => {
    let held = false;
    const press = (event: KeyboardEvent): void => {
      const taken = event.target instanceof Element && event.target.matches('input, textarea, select, button, summary');
      if (event.code !== 'Space' || taken || event.repeat || mine.peek()?.local.speaking.peek() !== false) return;
      event.preventDefault();
      held = true;
      void switchTo('voice', true);
    };
    const close = (): void => {
      if (!held) return;
      held = false;
      void switchTo('voice', false);
    };
    const release = (event: KeyboardEvent): void => {
      if (event.code === 'Space') close();
    };
    addEventListener('keydown', press);
    addEventListener('keyup', release);
    addEventListener('blur', close);
    document.addEventListener('visibilitychange', close);
    return () => {
      removeEventListener('keydown', press);
      removeEventListener('keyup', release);
      removeEventListener('blur', close);
      document.removeEventListener('visibilitychange', close);
      close();
    };
  }, []);
}
