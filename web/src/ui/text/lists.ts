import { speaking } from '../../messages/messages';
import { localeOf } from './times';

/** Names one after another, as the language joins them. */
export function listOf(names: readonly string[]): string {
  return new Intl.ListFormat(localeOf(speaking.value.language), { type: 'conjunction' }).format(names);
}
