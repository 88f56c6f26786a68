import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TurnView } from '../../core/api';
import { t } from '../../messages/messages';
import { Button } from '../parts/Button';
import { Choice } from '../parts/Choice';
import { Dialog } from '../parts/Dialog';
import { Note } from '../parts/Note';
import { TaskLine } from '../parts/TaskLine';
import { useTask } from '../parts/useTask';
import { neutralName } from '../text/neutralise';
import { before, hangUp, join, servers, type Before } from './calling';
import { canBlur } from './blur';
import { chosen, LocalMedia, NoBlur, type Chosen } from './local';
import { OwnPicture } from './OwnPicture';
import { joinRoomCall, leaveRoomCall, roomServers } from './room-calling';

interface Props {
  asked: Before;
  title: string;
  /** What the last button says. */
  act: string;
  /** Who may be connected with from address to address. */
  others: readonly { key: string; name: string }[];
  onClose: () => void;
}

/** A look at oneself, and the devices, before a call is begun or taken. */
export function CallBefore({ asked, title, act, others, onClose }: Props) {
  const { place } = asked;
  const local = useMemo(() => new LocalMedia(), []);
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  const [mistake, setMistake] = useState<string | null>(null);
  const [turn, setTurn] = useState<readonly TurnView[] | null>(null);
  const [straight, setStraight] = useState<ReadonlySet<string>>(new Set());
  const [video, setVideo] = useState(asked.media === 'video');
  // whether the call has what was opened here, and whether the person closed the dialog while it began
  const [given, closed] = [useRef(false), useRef(false)];
  // the dialog is no longer there: also as the other side hung up, or the room ended
  const gone = useRef(false);
  const task = useTask();
  const tracks = local.tracks.value;

  useEffect(() => {
    void open();
    (place.kind === 'room' ? roomServers(place.id) : servers()).then(setTurn, () => setMistake('error-relay-not-reached'));
    async function open(): Promise<void> {
      await openSound();
      if (video) await openPicture();
      setDevices(await navigator.mediaDevices.enumerateDevices());
    }
    return () => {
      gone.current = true;
      if (!given.current) local.stop();
    };
  }, []);

  function close(): void {
    if (task.busy) closed.current = true;
    onClose();
  }

  async function openSound(): Promise<void> {
    try {
      await local.openMicrophone();
      setMistake(null);
    } catch {
      setMistake('error-microphone-denied');
    }
  }

  async function openPicture(): Promise<void> {
    try {
      setMistake(null);
      await local.openCamera();
    } catch (failure) {
      setMistake(failure instanceof NoBlur ? 'error-blur' : 'error-camera-denied-call');
    }
  }

  function choose(change: Partial<Chosen>): void {
    chosen.value = { ...chosen.peek(), ...change };
    void ('camera' in change || 'blur' in change ? openPicture() : openSound());
  }

  function look(on: boolean): void {
    setVideo(on);
    setMistake(null);
    if (on) void openPicture();
    else local.close('camera');
  }

  async function start(): Promise<void> {
    const media = video ? 'video' : 'voice';
    given.current = true;
    given.current = await task.run(async () => {
      const known = turn ?? [];
      // without a server there is no other way; the dialog has said so
      if (place.kind === 'chat') return await join({ ...asked, media }, local, known, straight.size > 0 || known.length === 0);
      await joinRoomCall(place.id, media, local, known, straight);
      before.value = null;
    });
    if (!given.current && gone.current) local.stop();
    if (!closed.current || !given.current) return;
    if (place.kind === 'chat') await hangUp();
    else await leaveRoomCall();
  }

  function goStraight(key: string, on: boolean): void {
    setStraight(new Set(on ? [...straight, key] : [...straight].filter((other) => other !== key)));
  }

  return (
    <Dialog title={title} onClose={close}>
      {video && (tracks.camera === undefined ? <div class="call-look empty" /> : <OwnPicture local={local} look="call-look" />)}
      <Level track={tracks.voice} />
      <Devices kind="audioinput" label={t('call-microphone')} value={chosen.value.microphone} devices={devices} onValue={(microphone) => choose({ microphone })} />
      {video && <Devices kind="videoinput" label={t('call-camera')} value={chosen.value.camera} devices={devices} onValue={(camera) => choose({ camera })} />}
      <label class="check">
        <input type="checkbox" checked={video} onChange={(e) => look(e.currentTarget.checked)} />
        <span>{t('call-with-video')}</span>
      </label>
      {video && canBlur && (
        <label class="check">
          <input type="checkbox" checked={chosen.value.blur} onChange={(e) => choose({ blur: e.currentTarget.checked })} />
          <span>
            {t('call-blur')} <span class="hint">{t(local.preparing.value ? 'call-blur-loading' : 'call-blur-hint')}</span>
          </span>
        </label>
      )}
      <label class="check">
        <input type="checkbox" checked={chosen.value.quiet} onChange={(e) => choose({ quiet: e.currentTarget.checked })} />
        <span>{t('call-quiet')}</span>
      </label>
      {turn !== null &&
        turn.length > 0 &&
        others.map(({ key, name }) => (
          <label key={key} class="check">
            <input type="checkbox" checked={straight.has(key)} onChange={(e) => goStraight(key, e.currentTarget.checked)} />
            <span>{t('call-straight', { who: neutralName(name) })}</span>
          </label>
        ))}
      {turn?.length === 0 && <Note tone="warn">{place.kind === 'room' ? t('call-address-room') : t('call-address', { who: neutralName(others[0]?.name ?? '') })}</Note>}
      {(mistake !== null || local.blurFailed.value) && (
        <Note tone="warn" live>
          {t(mistake ?? 'error-blur')}
        </Note>
      )}
      <TaskLine task={task} words={t('call-beginning')} />
      <div class="actions">
        <Button onClick={close}>{t('cancel')}</Button>
        <Button look="primary" icon={video ? 'video' : 'phone'} disabled={task.busy || turn === null || tracks.voice === undefined} onClick={() => void start()}>
          {act}
        </Button>
      </div>
    </Dialog>
  );
}

function Devices({ kind, label, value, devices, onValue }: { kind: MediaDeviceKind; label: string; value: string; devices: readonly MediaDeviceInfo[]; onValue: (id: string) => void }) {
  const found = devices.filter((d) => d.kind === kind && d.deviceId !== '');
  if (found.length < 2) return null;
  return <Choice label={label} value={value} choices={[['', t('call-device-usual')], ...found.map((d, i) => [d.deviceId, d.label === '' ? t('call-device', { number: i + 1 }) : neutralName(d.label)] as const)]} onValue={onValue} />;
}

/** How loud one is: that the microphone hears something. */
function Level({ track }: { track: MediaStreamTrack | undefined }) {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (track === undefined || typeof AudioContext !== 'function') return undefined;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Uint8Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getByteTimeDomainData(samples);
      setLevel(Math.min(1, samples.reduce((most, s) => Math.max(most, Math.abs(s - 128)), 0) / 64));
    }, 100);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [track]);
  return (
    <div class="field">
      <span id="call-level">{t('call-hears')}</span>
      <meter aria-labelledby="call-level" class="level" min={0} max={1} value={level} />
    </div>
  );
}
