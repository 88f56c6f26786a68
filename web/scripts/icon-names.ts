/** The icons of lucide that the screens use. */
export const iconNames = [
  'arrow-down', 'arrow-left', 'bell', 'bell-off', 'camera', 'check', 'check-check', 'chevron-right', 'circle-alert', 'circle-question-mark', 'clock',
  'copy', 'dices', 'download', 'ellipsis-vertical', 'eye', 'eye-off', 'image', 'info', 'key-round', 'keyboard', 'link', 'lock', 'log-out', 'mail', 'menu',
  'message-square', 'monitor-down', 'moon', 'palette', 'pencil', 'plus', 'qr-code', 'refresh-cw', 'search', 'send-horizontal', 'server', 'settings',
  'share-2', 'shield-alert', 'shield-check', 'shield-question-mark', 'sun', 'trash', 'triangle-alert', 'upload', 'user-plus', 'user-round', 'users-round',
  'wifi-off', 'x', 'hard-drive', 'languages', 'timer', 'phone', 'phone-off', 'video', 'video-off', 'mic', 'mic-off', 'monitor-up', 'picture-in-picture-2', 'minimize-2', 'layout-grid',
  'signal', 'signal-low', 'signal-medium', 'focus', 'switch-camera',
  'door-open', 'file', 'lock-open', 'paperclip', 'reply', 'face-slightly-smiling-plus', 'user-x', 'crown', 'log-in',
] as const;

export type IconName = (typeof iconNames)[number];
