/** A card with a secret on it. */
export function StepMake() {
  return (
    <svg class="ink step" viewBox="0 0 96 72" aria-hidden="true">
      <path class="paper" d="M22 10l51-1 2 53-52 1z" />
      <path d="M31 18h14v14H31zM52 18h14v14H52zM31 39h14v14H31z" />
      <path class="fill" d="M35 22h6v6h-6zM56 22h6v6h-6zM35 43h6v6h-6z" />
      <path class="accent" d="M52 40h5v5M62 40v5h4M52 50v4h6M62 50l4 4" />
    </svg>
  );
}

/** A hand that gives the card to another. */
export function StepHand() {
  return (
    <svg class="ink step" viewBox="0 0 96 72" aria-hidden="true">
      <path d="M4 52c10-3 15-8 22-10s12 0 17 2" />
      <path d="M6 64c10 1 20 0 29-3 6-2 10-6 14-10" />
      <path class="paper" d="M36 20l25-3 4 26-26 4z" />
      <path class="accent" d="M43 27l6-1M53 25l5-1M44 33l13-2M45 39l9-1" />
      <path d="M92 22c-9 1-13 5-19 6-4 1-8 1-11 0M91 38c-8 4-14 5-21 5" />
    </svg>
  );
}

/** Two who talk. */
export function StepTalk() {
  return (
    <svg class="ink step" viewBox="0 0 96 72" aria-hidden="true">
      <path class="paper" d="M10 12c14-3 29-3 42 0 3 8 3 16 0 24-9 2-18 3-27 2l-10 8 2-9c-3 0-5-1-7-1-3-8-3-16 0-24z" />
      <path d="M18 21c8-1 17-1 25 0M18 28c5 0 10-1 16 0" />
      <path class="accent" d="M45 44c13-3 27-3 40-1 3 6 3 12 0 18-1 1-3 1-5 1l1 7-9-6c-9 1-18 0-27-2-3-6-3-11 0-17z" />
      <path d="M53 51c8-1 15-1 23 0" />
    </svg>
  );
}
