import { useEffect, useRef } from 'preact/hooks';

/** Moving pictures, or sound, of a stream or of one track. */
export function Picture({ stream, track, muted = false, label, look }: { stream?: MediaStream | undefined; track?: MediaStreamTrack | undefined; muted?: boolean; label: string; look: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const screen = video.current;
    if (screen === null) return undefined;
    screen.srcObject = stream ?? (track === undefined ? null : new MediaStream([track]));
    // a browser that waits for a click plays with the next one
    screen.play().catch(() => undefined);
    return () => void (screen.srcObject = null);
  }, [stream, track]);
  // a picture that goes doesn't leave a black window behind
  useEffect(() => {
    const screen = video.current;
    return () => {
      if (screen !== null && document.pictureInPictureElement === screen) document.exitPictureInPicture().catch(() => undefined);
    };
  }, []);
  // what people show each other has no captions
  // eslint-disable-next-line jsx-a11y/media-has-caption
  return <video ref={video} class={look} muted={muted} autoPlay playsInline aria-label={label} />;
}
