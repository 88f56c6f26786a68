// Between the camera and everybody else: every picture that goes out was drawn here. What can't be drawn isn't sent, so that a fault shows
// nothing rather than the room.
import type { BlurWork, FromBlur } from './blur';
import { Segmenter } from './segmenter';

const drawn = new OffscreenCanvas(1, 1);
const out = context(drawn);
const small = new OffscreenCanvas(1, 1);
const cut = context(small);

addEventListener('message', ({ data }: MessageEvent<BlurWork>) => void work(data));

async function work({ readable, writable }: BlurWork): Promise<void> {
  try {
    const segmenter = await Segmenter.load();
    [small.width, small.height] = [segmenter.width, segmenter.height];
    tell('ready');
    await readable.pipeThrough(new TransformStream<VideoFrame, VideoFrame>({ transform: (frame, to) => draw(segmenter, frame, to) })).pipeTo(writable);
  } catch {
    tell('failed');
  }
}

function draw(segmenter: Segmenter, frame: VideoFrame, to: TransformStreamDefaultController<VideoFrame>): void {
  try {
    const { displayWidth: width, displayHeight: height, timestamp } = frame;
    if (drawn.width !== width || drawn.height !== height) [drawn.width, drawn.height] = [width, height];
    cut.drawImage(frame, 0, 0, small.width, small.height);
    const points = cut.getImageData(0, 0, small.width, small.height);
    segmenter.cut(points);
    cut.putImageData(points, 0, 0);

    const far = Math.max(8, Math.round(height / 24));
    // the person, whose edge is as soft as the coarse answer is unsure
    out.globalCompositeOperation = 'copy';
    out.filter = `blur(${Math.max(1, Math.round(height / 180))}px)`;
    out.drawImage(small, 0, 0, width, height);
    out.globalCompositeOperation = 'source-in';
    out.filter = 'none';
    out.drawImage(frame, 0, 0, width, height);
    // everything else under it; larger, as a blur fades at its borders
    out.globalCompositeOperation = 'destination-over';
    out.filter = `blur(${far}px)`;
    out.drawImage(frame, -2 * far, -2 * far, width + 4 * far, height + 4 * far);
    to.enqueue(new VideoFrame(drawn, { timestamp, alpha: 'discard' }));
  } finally {
    frame.close();
  }
}

function context(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  if (drawing === null) throw new Error('nothing can be drawn');
  return drawing;
}

function tell(what: FromBlur): void {
  postMessage(what);
}
