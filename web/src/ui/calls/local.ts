// What this side gives to a call: microphone, camera, screen. Whatever was opened is closed by stop(): no camera's light stays on.
import { signal } from '@preact/signals';
import { toast } from '../actions/core';
import { Blurred } from './blur';

export type Source = 'voice' | 'camera' | 'screen';

export interface Chosen {
  microphone: string;
  camera: string;
  quiet: boolean;
  /** What is behind the person is blurred. */
  blur: boolean;
}

/** Which devices the person took last, while this page lives: nothing of it is kept. */
export const chosen = signal<Chosen>({ microphone: '', camera: '', quiet: true, blur: false });

/** The camera was closed again, as what is behind the person could not be blurred. */
export class NoBlur extends Error {}

interface Camera {
  raw: MediaStreamTrack;
  stop(): void;
}

export class LocalMedia {
  readonly tracks = signal<Readonly<Partial<Record<Source, MediaStreamTrack>>>>({});
  /** The sound is sent: the microphone is open and not muted. */
  readonly speaking = signal(true);
  /** What blurs is being loaded: until then there is no picture. */
  readonly preparing = signal(false);
  /** The camera looks at whoever holds it, who then sees themself as in a mirror. */
  readonly mirrored = signal(true);
  /** Between one camera and the other. */
  readonly turning = signal(false);
  /** What blurred has failed, so the camera was closed. */
  readonly blurFailed = signal(false);

  private readonly listeners = new Set<(source: Source, track: MediaStreamTrack | null) => void>();
  private height = 720;
  private over = false;
  private camera: Camera | null = null;
  private openings = 0;
  private opening: Promise<void> = Promise.resolve();

  /** Told whenever a track takes another one's place, until the answer is called. */
  onTrack(listen: (source: Source, track: MediaStreamTrack | null) => void): () => void {
    this.listeners.add(listen);
    return () => this.listeners.delete(listen);
  }

  /** Rejected, and no sound, where none can be had. */
  openMicrophone(): Promise<void> {
    const opened = this.opening.then(() => this.reopenMicrophone());
    this.opening = opened.catch(() => undefined);
    return opened;
  }

  /** Rejected with NoBlur, and no picture, where blurring was chosen and can't be had. */
  async openCamera(): Promise<void> {
    const { camera, blur } = chosen.peek();
    // first: most phones open one camera at a time, and nothing unblurred goes out while what blurs is loaded
    this.close('camera');
    const opening = ++this.openings;
    const wish = this.size();
    const raw = await open({ video: camera === '' ? { ...wish, facingMode: 'user' } : { ...wish, deviceId: { exact: camera } } });
    if (opening !== this.openings) return raw.stop();
    raw.addEventListener('ended', () => {
      if (this.camera?.raw === raw) this.close('camera');
    });
    if (!blur) return this.take('camera', raw, { raw, stop: () => raw.stop() });
    this.blurFailed.value = false;
    this.preparing.value = true;
    try {
      const blurred = await Blurred.make(raw, () => {
        if (this.tracks.peek().camera !== blurred.track) return;
        this.close('camera');
        this.blurFailed.value = true;
      });
      if (opening !== this.openings) return blurred.stop();
      this.take('camera', blurred.track, { raw, stop: () => blurred.stop() });
    } catch {
      raw.stop();
      if (opening === this.openings) throw new NoBlur();
    } finally {
      if (opening === this.openings) this.preparing.value = false;
    }
  }

  /** Chooses the camera after the one that is open, as the browser counts them, and opens it. */
  async openNextCamera(): Promise<void> {
    const devices = await cameras();
    const now = devices.indexOf(this.camera?.raw.getSettings().deviceId ?? '');
    chosen.value = { ...chosen.peek(), camera: devices[(now + 1) % devices.length] ?? '' };
    this.turning.value = true;
    try {
      await this.openCamera();
    } finally {
      this.turning.value = false;
    }
  }

  /** The camera's picture has no more lines than this from now on. */
  async limit(height: number): Promise<void> {
    if (height === this.height) return;
    this.height = height;
    // a camera that can't goes on as it is
    await this.camera?.raw.applyConstraints(this.size()).catch(() => undefined);
  }

  async openScreen(): Promise<void> {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15, max: 30 } }, audio: false });
    const track = stream.getVideoTracks()[0];
    if (track === undefined) throw new DOMException('', 'NotFoundError');
    // the browser has a button of its own that ends it
    track.addEventListener('ended', () => this.close('screen'));
    this.take('screen', track);
  }

  close(source: Source): void {
    if (source === 'camera') {
      // also one that is about to come
      this.openings++;
      this.preparing.value = false;
    }
    this.take(source, null);
  }

  speak(on: boolean): void {
    this.speaking.value = on;
    const track = this.tracks.peek().voice;
    if (track !== undefined) track.enabled = on;
    // one that is gone may be there again
    else if (on && !this.over)
      this.openMicrophone().catch(() => {
        this.speaking.value = false;
        toast('error-microphone-denied', { passing: false });
      });
  }

  stop(): void {
    this.over = true;
    for (const source of ['voice', 'camera', 'screen'] as const) this.close(source);
  }

  private async reopenMicrophone(): Promise<void> {
    // first: a microphone that is still open is given out once more by the browser, filtered as it was
    this.close('voice');
    const { microphone, quiet } = chosen.peek();
    const wish: MediaTrackConstraints = { noiseSuppression: quiet, echoCancellation: true, autoGainControl: true };
    const track = await open({ audio: microphone === '' ? wish : { ...wish, deviceId: { exact: microphone } } });
    // pulled out, or no longer allowed: what is shown and told is that nothing is heard
    track.addEventListener('ended', () => {
      if (this.tracks.peek().voice !== track) return;
      this.close('voice');
      this.speak(false);
      toast('error-microphone-gone', { passing: false });
    });
    this.take('voice', track);
    this.speak(this.speaking.peek());
  }

  private size(): MediaTrackConstraints {
    return { height: { ideal: this.height }, frameRate: { ideal: 30, max: 30 } };
  }

  private take(source: Source, track: MediaStreamTrack | null, camera: Camera | null = null): void {
    const { [source]: before, ...others } = this.tracks.peek();
    before?.stop();
    if (source === 'camera') this.camera?.stop();
    // it came when nobody wanted it any more
    if (this.over) {
      track?.stop();
      camera?.stop();
    }
    const kept = this.over ? null : track;
    if (source === 'camera') {
      this.camera = this.over ? null : camera;
      this.mirrored.value = this.camera?.raw.getSettings().facingMode !== 'environment';
    }
    this.tracks.value = kept === null ? others : { ...others, [source]: kept };
    for (const listen of this.listeners) listen(source, kept);
  }
}

/** The ids of all cameras; one that nobody may know yet has none, and counts for nothing. */
export async function cameras(): Promise<readonly string[]> {
  return (await navigator.mediaDevices.enumerateDevices()).filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '').map(({ deviceId }) => deviceId);
}

async function open(wish: MediaStreamConstraints): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia(wish);
  const track = stream.getTracks()[0];
  if (track === undefined) throw new DOMException('', 'NotFoundError');
  return track;
}
