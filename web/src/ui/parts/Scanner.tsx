import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { errorId } from '../actions/core';
import type { Refusal } from '../state/types';
import { makeReader } from '../text/scan';
import { Dialog } from './Dialog';
import { Note } from './Note';

const between = 120;

/** The camera, until it sees a QR code. The picture stays in this page. */
export function Scanner({ onFound, onClose }: { onFound: (text: string) => void; onClose: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  useEffect(() => {
    const ending = new AbortController();
    const over = ending.signal;
    let stream: MediaStream | null = null;
    async function watch(): Promise<void> {
      const screen = video.current;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      } catch (failure) {
        const denied = failure instanceof DOMException && (failure.name === 'NotAllowedError' || failure.name === 'SecurityError');
        setRefusal(denied ? 'camera_denied' : 'camera_none');
        return;
      }
      if (screen === null || over.aborted) return stop();
      screen.srcObject = stream;
      const [read] = await Promise.all([makeReader(), screen.play()]);
      while (!over.aborted) {
        const text = await read(screen, screen.videoWidth, screen.videoHeight);
        if (text !== null && !over.aborted) return onFound(text);
        await new Promise((resolve) => setTimeout(resolve, between));
      }
    }
    function stop(): void {
      ending.abort();
      for (const track of stream?.getTracks() ?? []) track.stop();
    }
    watch().catch(() => setRefusal('camera_none'));
    return stop;
  }, []);

  return (
    <Dialog title={t('scan')} onClose={onClose}>
      {refusal === null ? (
        <>
          <p>{t('scan-hint')}</p>
          <video ref={video} class="scanner" muted playsInline aria-label={t('scan-hint')} />
        </>
      ) : (
        <Note tone="warn" live>
          {t(errorId(refusal))}
        </Note>
      )}
    </Dialog>
  );
}
