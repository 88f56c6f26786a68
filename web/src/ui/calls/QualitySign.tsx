import { t } from '../../messages/messages';
import { Icon, type IconName } from '../parts/Icon';
import type { Quality } from './connection';

const signals: Record<Quality, IconName> = { unknown: 'signal-low', good: 'signal', fair: 'signal-medium', poor: 'signal-low' };

/** How good a connection is. */
export function QualitySign({ quality }: { quality: Quality }) {
  return <Icon name={signals[quality]} label={t(`call-quality-${quality}`)} />;
}
