// Markdown as a tree, of a small set: emphasis, code, quotes, lists, links. Nothing is HTML, nothing is fetched; what is not in the set stays text.
import { fromMarkdown } from 'mdast-util-from-markdown';

export type Node =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'code'; text: string; block: boolean }
  | { kind: 'link'; href: string; children: readonly Node[] }
  | { kind: 'list'; ordered: boolean; start: number; children: readonly Node[] }
  | { kind: 'paragraph' | 'strong' | 'emphasis' | 'quote' | 'item'; children: readonly Node[] };

interface Parsed {
  type: string;
  value?: string;
  url?: string;
  ordered?: boolean | null;
  start?: number | null;
  children?: readonly Parsed[];
}

const plain = [
  'htmlFlow', 'htmlText', 'labelStartImage', 'definition', 'headingAtx', 'setextUnderline', 'thematicBreak', 'codeIndented', 'characterReference',
];
// Some texts are made to keep a reader of Markdown busy: long ones, with very many marks, or nested without end. They stay as they were typed.
const longest = 8_000;
const mostMarks = 400;
const marks = /[*_`[\]<\\]/g;
const nested = /^(?: *(?:>|[-*+]|\d{1,9}[.)])){9}/m;
/** What is nested deeper is text. */
const deepest = 8;

const kinds: Record<string, 'paragraph' | 'strong' | 'emphasis' | 'quote' | 'item'> = {
  paragraph: 'paragraph', strong: 'strong', emphasis: 'emphasis', blockquote: 'quote', listItem: 'item',
};

/** The tree of a text, or null where it is to be shown as it was typed. */
export function treeOf(text: string): readonly Node[] | null {
  if (text.length > longest || nested.test(text) || (text.match(marks)?.length ?? 0) > mostMarks) return null;
  try {
    return nodesOf(fromMarkdown(text, { extensions: [{ disable: { null: plain } }] }).children as readonly Parsed[], 0);
  } catch {
    return null;
  }
}

/** What a text says, without the marks: for where it is shown in one line. */
export function plainOf(text: string): string {
  const tree = treeOf(text);
  return tree === null ? text : wordsOf(tree).replace(/\s+/g, ' ').trim();
}

/** The words of a tree, blocks apart. */
export function wordsOf(nodes: readonly Node[]): string {
  return nodes.map((node) => ('text' in node ? node.text : 'children' in node ? wordsOf(node.children) : ' ') + (isBlock(node) ? ' ' : '')).join('');
}

function isBlock(node: Node): boolean {
  return node.kind === 'paragraph' || node.kind === 'quote' || node.kind === 'item' || node.kind === 'list' || (node.kind === 'code' && node.block);
}

function nodesOf(parsed: readonly Parsed[], depth: number): readonly Node[] {
  if (depth > deepest) throw new RangeError('nested too deeply');
  return parsed.map((node) => nodeOf(node, depth));
}

function nodeOf(node: Parsed, depth: number): Node {
  const children = (): readonly Node[] => nodesOf(node.children ?? [], depth + 1);
  switch (node.type) {
    case 'text':
      return { kind: 'text', text: node.value ?? '' };
    case 'break':
      return { kind: 'break' };
    case 'inlineCode':
    case 'code':
      return { kind: 'code', text: node.value ?? '', block: node.type === 'code' };
    case 'link':
      return { kind: 'link', href: node.url ?? '', children: children() };
    case 'list':
      return { kind: 'list', ordered: node.ordered === true, start: node.start ?? 1, children: children() };
    default: {
      const kind = kinds[node.type];
      if (kind === undefined) throw new RangeError('not in the set');
      return { kind, children: children() };
    }
  }
}
