// The camera's picture with what is behind the person blurred. The camera itself is given to nobody: what goes out is what the worker draws.
import { startWorker } from '../../core/trusted';
import workerUrl from './blur.worker?worker&url';

export interface BlurWork {
  readable: ReadableStream<VideoFrame>;
  writable: WritableStream<VideoFrame>;
}

export type FromBlur = 'ready' | 'failed';

/** Browsers that give a page each picture of a camera; the others have no such choice. */
export const canBlur = typeof MediaStreamTrackProcessor === 'function' && typeof MediaStreamTrackGenerator === 'function' && typeof OffscreenCanvas === 'function';

export class Blurred {
  private constructor(
    /** What may be shown and sent. */
    readonly track: MediaStreamTrack,
    private readonly camera: MediaStreamTrack,
    private readonly worker: Worker,
  ) {}

  /** Ready when everything that it needs is there; told of the fault that ends it later. Rejected with the camera closed. */
  static async make(camera: MediaStreamTrack, failed: () => void): Promise<Blurred> {
    const worker = startWorker(workerUrl);
    const { readable } = new MediaStreamTrackProcessor({ track: camera as MediaStreamVideoTrack });
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    const blurred = new Blurred(generator, camera, worker);
    let isReady = false;
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        blurred.stop();
        if (isReady) failed();
        else reject(new Error('there is nothing that blurs'));
      };
      worker.addEventListener('error', fail);
      worker.addEventListener('message', ({ data }: MessageEvent<FromBlur>) => {
        if (data === 'failed') return fail();
        isReady = true;
        resolve(blurred);
      });
      worker.postMessage({ readable, writable: generator.writable } satisfies BlurWork, [readable, generator.writable]);
    });
  }

  stop(): void {
    this.camera.stop();
    this.track.stop();
    this.worker.terminate();
  }
}
