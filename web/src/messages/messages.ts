import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { signal } from '@preact/signals';
import { fetchPart } from '../later';
import english from './en.ftl?raw';

export type Args = Readonly<Record<string, string | number | Date>>;
export type Language = 'en' | 'de';

interface Speaking {
  language: string;
  direction: 'ltr' | 'rtl';
  /** The best first; English has every message. */
  bundles: readonly FluentBundle[];
}

export const languages: readonly { code: Language; name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
];

const inEnglish = bundleOf('en', english);

/** The language in use. A signal: screens that speak are drawn again when it changes. */
export const speaking = signal<Speaking>({ language: 'en', direction: 'ltr', bundles: [inEnglish] });

/** The message of this name in the language in use. */
export function t(id: string, args?: Args): string {
  for (const bundle of speaking.value.bundles) {
    const message = bundle.getMessage(id);
    if (message?.value !== null && message?.value !== undefined) return bundle.formatPattern(message.value, args as Record<string, FluentVariable> | undefined, []);
  }
  return id;
}

/** Speaks this language from now on; null: the browser's, as far as we have it. */
export async function speak(language: Language | null): Promise<void> {
  const chosen = language ?? preferred(navigator.languages);
  if (chosen === 'en') return speakWith('en', 'ltr', [inEnglish]);
  try {
    await fetchPart('de');
    speakWith(chosen, 'ltr', [bundleOf(chosen, (await import('./de.ftl?raw')).default), inEnglish]);
  } catch {
    // better in English than not at all
    speakWith('en', 'ltr', [inEnglish]);
  }
}

/** Sets the language with its bundles; also for the pseudo-language of the tests. */
export function speakWith(language: string, direction: 'ltr' | 'rtl', bundles: readonly FluentBundle[]): void {
  speaking.value = { language, direction, bundles };
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
}

export function preferred(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = languages.find((l) => l.code === tag.toLowerCase().split('-')[0]);
    if (found !== undefined) return found.code;
  }
  return 'en';
}

export function bundleOf(language: string, catalogue: string, transform?: (text: string) => string): FluentBundle {
  const bundle = new FluentBundle(language, transform === undefined ? {} : { transform });
  bundle.addResource(new FluentResource(catalogue));
  return bundle;
}
