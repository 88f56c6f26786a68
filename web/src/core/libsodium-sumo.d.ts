declare module 'libsodium-sumo' {
  export default function start(options: { getRandomValue(): number }): Promise<import('./sodium-heap').Sodium>;
}
