// A tone of our own while it rings: no sound file, and nothing where the browser allows no sound before a click.
let context: AudioContext | null = null;
let timer: ReturnType<typeof setInterval> | null = null;

const every = 3_000;
const tones = [659.25, 783.99];

export function startRinging(): void {
  if (timer !== null || typeof AudioContext !== 'function') return;
  try {
    context = new AudioContext();
  } catch {
    return;
  }
  strike();
  timer = setInterval(strike, every);
}

export function stopRinging(): void {
  if (timer !== null) clearInterval(timer);
  timer = null;
  void context?.close().catch(() => undefined);
  context = null;
}

function strike(): void {
  if (context === null || context.state !== 'running') return;
  for (const [i, frequency] of tones.entries()) {
    const at = context.currentTime + i * 0.25;
    const oscillator = context.createOscillator();
    const loudness = context.createGain();
    oscillator.frequency.value = frequency;
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(0.15, at + 0.03);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.9);
    oscillator.connect(loudness).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + 1);
  }
}
