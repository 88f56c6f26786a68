import { useEffect, useState } from 'preact/hooks';
import { t } from '../../messages/messages';
import { Icon, type IconName } from '../parts/Icon';
import type { View } from './CallStage';
import { canBlur } from './blur';
import { cameras, chosen, type LocalMedia } from './local';
import { blurTo, switchTo, turnCamera } from './media';

interface Props {
  local: LocalMedia;
  /** How several people are shown; null where there are none. */
  view: View | null;
  onView: (view: View) => void;
  /** Somebody is to be seen. */
  picture: boolean;
  onEnd: () => void;
}

/** What can be switched in a call. */
export function CallControls({ local, view, onView, picture, onEnd }: Props) {
  const tracks = local.tracks.value;
  const speaking = local.speaking.value;
  const camera = tracks.camera !== undefined;
  const screen = tracks.screen !== undefined;
  const several = useSeveralCameras(tracks.camera);
  const { blur } = chosen.value;
  const canShow = 'getDisplayMedia' in navigator.mediaDevices;
  return (
    <>
      <p class="call-preparing" role="status">
        {local.preparing.value && t('call-blur-preparing')}
      </p>
      {/* who points at a button doesn't move the focus to it: the space bar goes on opening the microphone */}
      <div class="controls" role="toolbar" aria-label={t('call-controls')} onMouseDown={(e) => e.preventDefault()}>
        <Control
          icon={speaking ? 'mic' : 'mic-off'}
          label={t(speaking ? 'call-mute' : 'call-unmute')}
          hint={speaking ? undefined : t('call-unmute-hint')}
          off={!speaking}
          onClick={() => void switchTo('voice', !speaking)}
        />
        <Control icon={camera ? 'video' : 'video-off'} label={t(camera ? 'call-camera-off' : 'call-camera-on')} off={!camera} onClick={() => void switchTo('camera', !camera)} />
        {(camera || local.turning.value) && several && <Control icon="switch-camera" label={t('call-camera-next')} onClick={() => void turnCamera()} />}
        {canBlur && (camera || blur) && <Control icon="focus" label={t(blur ? 'call-blur-off' : 'call-blur-on')} on={blur} onClick={() => void blurTo(!blur)} />}
        {canShow && <Control icon="monitor-up" label={t(screen ? 'call-screen-off' : 'call-screen-on')} on={screen} onClick={() => void switchTo('screen', !screen)} />}
        {view !== null && (
          <Control icon={view === 'grid' ? 'user-round' : 'layout-grid'} label={t(view === 'grid' ? 'call-view-speaker' : 'call-view-grid')} onClick={() => onView(view === 'grid' ? 'speaker' : 'grid')} />
        )}
        {picture && document.pictureInPictureEnabled && <Control icon="picture-in-picture-2" label={t('call-float')} onClick={float} />}
        <button type="button" class="control end" aria-label={t('call-end')} title={t('call-end')} onClick={onEnd}>
          <Icon name="phone-off" />
        </button>
      </div>
    </>
  );
}

/** A browser says which cameras there are once one of them is open. */
function useSeveralCameras(open: MediaStreamTrack | undefined): boolean {
  const [several, setSeveral] = useState(false);
  useEffect(() => {
    if (open !== undefined) void cameras().then((found) => setSeveral(found.length > 1));
  }, [open]);
  return several;
}

function Control({ icon, label, hint = label, on = false, off = false, onClick }: { icon: IconName; label: string; hint?: string | undefined; on?: boolean; off?: boolean; onClick: () => void }) {
  return (
    <button type="button" class={`control${on ? ' on' : ''}${off ? ' off' : ''}`} aria-label={label} title={hint} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

/** Their picture in a window of its own, over other programs. */
function float(): void {
  const videos = document.querySelectorAll<HTMLVideoElement>('.call .stage video:not(.own)');
  const video = document.querySelector<HTMLVideoElement>('.call .stage .large video:not(.own)') ?? videos[0];
  void video?.requestPictureInPicture().catch(() => undefined);
}
