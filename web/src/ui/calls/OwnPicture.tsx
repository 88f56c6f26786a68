import { t } from '../../messages/messages';
import type { LocalMedia } from './local';
import { Picture } from './Picture';

/** What the camera sees: as a mirror would show it, but for one that looks away from its owner. */
export function OwnPicture({ local, look }: { local: LocalMedia; look: string }) {
  return <Picture track={local.tracks.value.camera} muted look={local.mirrored.value ? `${look} mirrored` : look} label={t('call-yourself')} />;
}
