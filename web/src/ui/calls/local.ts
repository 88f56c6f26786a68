// What this side gives to a call: microphone, camera, screen. Whatever was opened is closed by stop(): no camera's light stays on.
import { signal } from '@preact/signals';

export type Source = 'voice' | 'camera' | 'screen';

export interface Chosen {
  microphone: string;
  camera: string;
  quiet: boolean;
}

/** Which devices the person took last, while this page lives: nothing of it is kept. */
export const chosen = signal<Chosen>({ microphone: '', camera: '', quiet: true });

export class LocalMedia {
  readonly tracks = signal<Readonly<Partial<Record<Source, MediaStreamTrack>>>>({});
  /** The sound is sent: the microphone is open and not muted. */
  readonly speaking = signal(true);

  private readonly listeners = new Set<(source: Source, track: MediaStreamTrack | null) => void>();
  private height = 720;
  private over = false;

  /** Told whenever a track takes another one's place, until the answer is called. */
  onTrack(listen: (source: Source, track: MediaStreamTrack | null) => void): () => void {
    this.listeners.add(listen);
    return () => this.listeners.delete(listen);
  }

  async openMicrophone(): Promise<void> {
    const { microphone, quiet } = chosen.peek();
    const wish: MediaTrackConstraints = { noiseSuppression: quiet, echoCancellation: true, autoGainControl: true };
    this.take('voice', await open({ audio: microphone === '' ? wish : { ...wish, deviceId: { exact: microphone } } }));
    this.speak(this.speaking.peek());
  }

  async openCamera(): Promise<void> {
    const { camera } = chosen.peek();
    const wish = this.size();
    this.take('camera', await open({ video: camera === '' ? { ...wish, facingMode: 'user' } : { ...wish, deviceId: { exact: camera } } }));
  }

  /** The camera's picture has no more lines than this from now on. */
  async limit(height: number): Promise<void> {
    if (height === this.height) return;
    this.height = height;
    // a camera that can't goes on as it is
    await this.tracks
      .peek()
      .camera?.applyConstraints(this.size())
      .catch(() => undefined);
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
    this.take(source, null);
  }

  speak(on: boolean): void {
    this.speaking.value = on;
    const track = this.tracks.peek().voice;
    if (track !== undefined) track.enabled = on;
  }

  stop(): void {
    this.over = true;
    for (const source of ['voice', 'camera', 'screen'] as const) this.take(source, null);
  }

  private size(): MediaTrackConstraints {
    return { height: { ideal: this.height }, frameRate: { ideal: 30, max: 30 } };
  }

  private take(source: Source, track: MediaStreamTrack | null): void {
    const { [source]: before, ...others } = this.tracks.peek();
    before?.stop();
    // it came when nobody wanted it any more
    if (this.over && track !== null) track.stop();
    const kept = this.over ? null : track;
    this.tracks.value = kept === null ? others : { ...others, [source]: kept };
    for (const listen of this.listeners) listen(source, kept);
  }
}

async function open(wish: MediaStreamConstraints): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia(wish);
  const track = stream.getTracks()[0];
  if (track === undefined) throw new DOMException('', 'NotFoundError');
  return track;
}
