/** Two people, one folded note. */
export function Meeting() {
  return (
    <svg class="ink" viewBox="0 0 240 120" aria-hidden="true">
      <path d="M46 44c-9-1-14-8-13-16 1-9 8-14 16-13 9 1 14 8 13 16-1 9-8 14-16 13" />
      <path d="M18 105c1-24 8-45 29-46 13 0 20 7 24 17" />
      <path d="M71 76c9 5 18 7 31 6" />
      <path d="M60 92c14 6 26 6 41-2" />
      <path d="M194 45c9-1 14-8 13-17-1-8-8-13-16-12-9 1-14 8-13 16 1 9 8 14 16 13" />
      <path d="M222 105c-2-25-9-45-29-46-12 0-20 7-24 18" />
      <path d="M169 77c-8 4-17 6-29 5" />
      <path d="M180 93c-13 5-26 5-40-3" />
      <path class="paper" d="M101 70l37-2 3 27-39 2z" />
      <path d="M101 70l20 15 17-17M102 97l13-16M141 95l-14-15" />
      <path class="accent" d="M121 85c3-1 5 1 5 3s-2 4-5 4-5-2-5-4 2-3 5-3" />
      <path class="faint" d="M8 106c40 2 77-1 112 0s76 1 112-1" />
    </svg>
  );
}
