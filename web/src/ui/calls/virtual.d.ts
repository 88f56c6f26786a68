declare module 'virtual:segmenter' {
  interface Part {
    url: string;
    integrity: string;
  }
  export const engine: Part;
  export const model: Part;
}

declare module '@twilio/video-processors/dist/build/tflite-simd-1-0-0.js' {
  export default function start(options: { wasmBinary: ArrayBuffer; print(text: string): void; printErr(text: string): void }): Promise<import('./segmenter').Engine>;
}
