// QR codes in pictures and video: the browser's own reader where it has one, else the one of `qr`, loaded when it is needed.
import { fetchPart } from '../../later';

interface Detector {
  detect(image: ImageBitmapSource): Promise<readonly { rawValue: string }[]>;
}

interface DetectorKind {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** Reads a QR code's text, or null if there is none in sight. */
export type Reader = (image: HTMLVideoElement | ImageBitmap, width: number, height: number) => Promise<string | null>;

const largestSide = 1600;

export async function makeReader(): Promise<Reader> {
  const kind = (globalThis as { BarcodeDetector?: DetectorKind }).BarcodeDetector;
  if (kind !== undefined && (await kind.getSupportedFormats()).includes('qr_code')) {
    const detector = new kind({ formats: ['qr_code'] });
    return async (image) => (await detector.detect(image))[0]?.rawValue ?? null;
  }
  await fetchPart('decode');
  const { default: decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return async (image, width, height) => {
    if (context === null || width === 0 || height === 0) return null;
    const scale = Math.min(1, largestSide / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    try {
      return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      // how `qr` says that there is no code in sight
      return null;
    }
  };
}

export async function decodePicture(picture: Blob): Promise<string | null> {
  try {
    const [image, read] = await Promise.all([createImageBitmap(picture), makeReader()]);
    const text = await read(image, image.width, image.height);
    image.close();
    return text;
  } catch {
    // not a picture, or not one that this browser can read
    return null;
  }
}
