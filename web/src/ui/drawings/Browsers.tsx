import { t } from '../../messages/messages';

/** The share sheet of a phone, with what to press. */
export function IosShare() {
  return (
    <svg class="ink picture" viewBox="0 0 160 120" role="img" aria-label={t('install-ios-picture')}>
      <path d="M50 4h60c4 0 6 2 6 6v100c0 4-2 6-6 6H50c-4 0-6-2-6-6V10c0-4 2-6 6-6z" />
      <path d="M44 98h72" />
      <path class="accent" d="M74 108v-4h12v4M80 111v-9M77 104l3-3 3 3" />
      <path class="paper" d="M50 44h60v46H50z" />
      <path d="M56 54h36M56 80h30" />
      <path class="accent" d="M54 61h52v12H54zM99 64v6M96 67h6M58 67h30" />
    </svg>
  );
}

/** A phone's browser with its menu open. */
export function AndroidMenu() {
  return (
    <svg class="ink picture" viewBox="0 0 160 120" role="img" aria-label={t('install-android-picture')}>
      <path d="M50 4h60c4 0 6 2 6 6v100c0 4-2 6-6 6H50c-4 0-6-2-6-6V10c0-4 2-6 6-6z" />
      <path d="M44 22h72M52 13h42" />
      <path class="accent fill" d="M107 8v1M107 13v1M107 18v1" />
      <path class="paper" d="M66 24h48v58H66z" />
      <path d="M72 33h28M72 43h34M72 71h24" />
      <path class="accent" d="M69 50h42v12H69zM73 56h24M103 53v5M101 56l2 3 2-3" />
    </svg>
  );
}

/** A desktop browser's address bar. */
export function DesktopBar() {
  return (
    <svg class="ink picture" viewBox="0 0 160 120" role="img" aria-label={t('install-chrome-picture')}>
      <path d="M8 16h144v94H8zM8 42h144" />
      <path d="M16 10h40l4 6" />
      <path d="M34 24h104v12H34z" />
      <path d="M14 30h10M14 30l4-4M14 30l4 4" />
      <path class="accent" d="M122 27h10v6h-10zM125 35h4M127 22v6M125 26l2 2 2-2" />
      <path class="accent" d="M127 58V40M127 40l-4 5M127 40l4 5" />
      <path class="faint" d="M20 56h70M20 68h90M20 80h60" />
    </svg>
  );
}

/** Edge's bar with its three squares and a plus. */
export function EdgeBar() {
  return (
    <svg class="ink picture" viewBox="0 0 160 120" role="img" aria-label={t('install-edge-picture')}>
      <path d="M8 16h144v94H8zM8 42h144" />
      <path d="M34 24h86v12H34z" />
      <path class="accent" d="M108 27h3v3h-3zM108 32h3v3h-3zM113 32h3v3h-3zM114 26v4M112 28h4" />
      <path class="accent" d="M112 58V40M112 40l-4 5M112 40l4 5" />
      <path class="fill" d="M134 30h1M140 30h1M146 30h1" />
      <path class="faint" d="M20 56h70M20 68h90M20 80h60" />
    </svg>
  );
}
