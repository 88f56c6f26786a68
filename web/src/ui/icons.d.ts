declare module 'virtual:icons' {
  /** Each icon's name, and its elements with their attributes. */
  export const shapes: readonly (readonly [string, readonly (readonly [string, Readonly<Record<string, string>>])[]])[];
}
