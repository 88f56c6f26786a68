// Finds the person in a picture: TensorFlow Lite with MediaPipe's model for it, which come from the page's own host when they are first wanted.
import start from '@twilio/video-processors/dist/build/tflite-simd-1-0-0.js';
import { engine, model } from 'virtual:segmenter';

/** What the engine gives: its memory, and where in it picture and answer are. */
export interface Engine {
  HEAPU8: Uint8Array;
  HEAPF32: Float32Array;
  _getModelBufferMemoryOffset(): number;
  _loadModel(size: number): number;
  _getInputMemoryOffset(): number;
  _getInputWidth(): number;
  _getInputHeight(): number;
  _getOutputMemoryOffset(): number;
  _runInference(): number;
}

export class Segmenter {
  readonly width: number;
  readonly height: number;

  private constructor(private readonly runs: Engine) {
    this.width = runs._getInputWidth();
    this.height = runs._getInputHeight();
  }

  static async load(): Promise<Segmenter> {
    const [wasmBinary, bytes] = await Promise.all([fetchPart(engine), fetchPart(model)]);
    // it would tell of itself on the console
    const runs = await start({ wasmBinary, print: () => undefined, printErr: () => undefined });
    runs.HEAPU8.set(new Uint8Array(bytes), runs._getModelBufferMemoryOffset());
    if (runs._loadModel(bytes.byteLength) !== 0) throw new Error('the model does not fit the engine');
    return new Segmenter(runs);
  }

  /** Makes each point of the picture as opaque as it is likely to be the person. */
  cut({ data }: ImageData): void {
    const { HEAPF32, _getInputMemoryOffset, _getOutputMemoryOffset } = this.runs;
    const points = this.width * this.height;
    const input = _getInputMemoryOffset() / 4;
    for (let i = 0; i < points; i++) for (let c = 0; c < 3; c++) HEAPF32[input + 3 * i + c] = (data[4 * i + c] ?? 0) / 255;
    if (this.runs._runInference() !== 0) throw new Error('the engine did not answer');
    const output = _getOutputMemoryOffset() / 4;
    for (let i = 0; i < points; i++) data[4 * i + 3] = Math.round((HEAPF32[output + i] ?? 0) * 255);
  }
}

async function fetchPart({ url, integrity }: { url: string; integrity: string }): Promise<ArrayBuffer> {
  const answered = await fetch(url, { integrity });
  if (!answered.ok) throw new Error('a part of the app did not come');
  return answered.arrayBuffer();
}
