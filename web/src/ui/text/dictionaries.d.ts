declare module '@zxcvbn-ts/language-en/dist/*.json.mjs' {
  const dictionary: string[];
  export default dictionary;
}
