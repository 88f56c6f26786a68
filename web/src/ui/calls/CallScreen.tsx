import { useEffect, useRef, useState } from 'preact/hooks';
import type { CallView, ChatView } from '../../core/api';
import { t } from '../../messages/messages';
import { Avatar } from '../parts/Avatar';
import { IconButton } from '../parts/Button';
import { Icon, type IconName } from '../parts/Icon';
import { neutralName } from '../text/neutralise';
import { duration } from '../text/times';
import { hangUp, mine, small, switchTo } from './calling';
import type { Quality } from './connection';
import { Picture } from './Picture';

const signals: Record<Quality, IconName> = { unknown: 'signal-low', good: 'signal', fair: 'signal-medium', poor: 'signal-low' };

/** A call: the other side, oneself, the words to compare, and what can be switched. */
export function CallScreen({ call, chat }: { call: CallView; chat: ChatView }) {
  const has = mine.value;
  const screen = useRef<HTMLElement>(null);
  const who = neutralName(chat.participant);
  const status = useStatus(call);
  useEffect(() => screen.current?.focus(), [small.value]);
  useWakeLock();
  usePushToTalk();

  if (small.value || has === null) {
    return (
      <div class="call-bar" role="region" aria-label={t('call-with', { who })}>
        <button type="button" class="text-button" disabled={has === null} onClick={() => (small.value = false)}>
          <Icon name="phone" /> <span>{who}</span> <span>{has === null ? t('call-elsewhere') : status}</span>
        </button>
        <IconButton icon="phone-off" label={t('call-end')} onClick={() => void hangUp()} />
        {has !== null && <Sound />}
      </div>
    );
  }

  const theirs = has.connection.theirs.value;
  const own = has.local.tracks.value;
  const shown = call.screen_shown ? theirs.screen : call.camera_on ? theirs.camera : undefined;
  const quality = has.connection.quality.value;
  return (
    <section ref={screen} class="call" tabIndex={-1} aria-label={t('call-with', { who })}>
      <header>
        <div>
          <h2>{who}</h2>
          <p role="status">{status}</p>
        </div>
        {call.phase === 'connected' && <Icon name={signals[quality]} label={t(`call-quality-${quality}`)} />}
        <IconButton icon="minimize-2" label={t('call-small')} onClick={() => (small.value = true)} />
      </header>
      <div class="stage">
        {shown === undefined ? <Avatar safetyNumber={chat.safety_number} large /> : <Picture stream={shown} muted look={call.screen_shown ? 'whole' : 'fill'} label={t('call-their-picture', { who })} />}
        {call.screen_shown && call.camera_on && <Picture stream={theirs.camera} muted look="corner theirs" label={t('call-their-picture', { who })} />}
        {own.camera !== undefined && <Picture track={own.camera} muted look="corner own" label={t('call-yourself')} />}
        {call.microphone_off && (
          <p class="call-sign">
            <Icon name="mic-off" /> {t('call-they-muted', { who })}
          </p>
        )}
      </div>
      <Sound />
      {call.words !== null && <Words words={call.words} who={who} />}
      <Controls picture={shown !== undefined} />
    </section>
  );
}

/** Their voice; the pictures are without sound. */
function Sound() {
  const voice = mine.value?.connection.theirs.value.voice;
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

function Words({ words, who }: { words: string; who: string }) {
  return (
    <details class="call-words">
      <summary>
        <Icon name="shield-question-mark" /> {t('call-words')}
      </summary>
      <p class="words" translate={false}>
        {words}
      </p>
      <p>{t('call-words-hint', { who })}</p>
    </details>
  );
}

function Controls({ picture }: { picture: boolean }) {
  const local = mine.value?.local;
  if (local === undefined) return null;
  const tracks = local.tracks.value;
  const speaking = local.speaking.value;
  const camera = tracks.camera !== undefined;
  const screen = tracks.screen !== undefined;
  const canShow = 'getDisplayMedia' in navigator.mediaDevices;
  return (
    <div class="controls" role="toolbar" aria-label={t('call-controls')}>
      <Control icon={speaking ? 'mic' : 'mic-off'} label={t(speaking ? 'call-mute' : 'call-unmute')} off={!speaking} onClick={() => void switchTo('voice', !speaking)} />
      <Control icon={camera ? 'video' : 'video-off'} label={t(camera ? 'call-camera-off' : 'call-camera-on')} off={!camera} onClick={() => void switchTo('camera', !camera)} />
      {canShow && <Control icon="monitor-up" label={t(screen ? 'call-screen-off' : 'call-screen-on')} on={screen} onClick={() => void switchTo('screen', !screen)} />}
      {picture && document.pictureInPictureEnabled && <Control icon="picture-in-picture-2" label={t('call-float')} onClick={float} />}
      <button type="button" class="control end" aria-label={t('call-end')} title={t('call-end')} onClick={() => void hangUp()}>
        <Icon name="phone-off" />
      </button>
    </div>
  );
}

function Control({ icon, label, on = false, off = false, onClick }: { icon: IconName; label: string; on?: boolean; off?: boolean; onClick: () => void }) {
  return (
    <button type="button" class={`control${on ? ' on' : ''}${off ? ' off' : ''}`} aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

/** Their picture in a window of its own, over other programs. */
function float(): void {
  const video = document.querySelector<HTMLVideoElement>('.call .stage video');
  void video?.requestPictureInPicture().catch(() => undefined);
}

function useStatus(call: CallView): string {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (call.phase === 'connected') return duration((now - Date.parse(call.since ?? '')) / 1_000);
  return t(call.phase === 'calling' ? 'call-calling' : call.since === null ? 'call-connecting' : 'call-again');
}

/** The screen stays on while one talks. */
function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return undefined;
    const lock = navigator.wakeLock.request('screen').catch(() => null);
    return () => void lock.then((held) => held?.release());
  }, []);
}

/** While the space bar is held a muted microphone is open. */
function usePushToTalk(): void {
  useEffect(() => {
    let held = false;
    const press = (event: KeyboardEvent): void => {
      const busy = event.target instanceof Element && event.target.matches('input, textarea, select, button, summary');
      if (event.code !== 'Space' || busy || event.repeat || mine.peek()?.local.speaking.peek() !== false) return;
      event.preventDefault();
      held = true;
      void switchTo('voice', true);
    };
    const release = (event: KeyboardEvent): void => {
      if (event.code !== 'Space' || !held) return;
      held = false;
      void switchTo('voice', false);
    };
    addEventListener('keydown', press);
    addEventListener('keyup', release);
    return () => {
      removeEventListener('keydown', press);
      removeEventListener('keyup', release);
    };
  }, []);
}
