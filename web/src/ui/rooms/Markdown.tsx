import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { RichText } from '../parts/RichText';
import { targetOf } from '../text/links';
import { neutralText } from '../text/neutralise';
import { treeOf, wordsOf, type Node } from './markdown';

/** A text of another person, drawn by what its Markdown says. It becomes elements of ours, never HTML. */
export function Markdown({ text }: { text: string }) {
  const tree = useMemo(() => treeOf(neutralText(text)), [text]);
  return tree === null ? <RichText text={text} /> : <>{drawn(tree)}</>;
}

function drawn(nodes: readonly Node[]): ComponentChildren {
  return nodes.map((node, i) => <Drawn key={i} node={node} />);
}

function Drawn({ node }: { node: Node }) {
  switch (node.kind) {
    case 'text':
      return <RichText text={node.text} />;
    case 'break':
      return <br />;
    case 'code':
      return node.block ? (
        <pre tabIndex={0}>
          <code>{node.text}</code>
        </pre>
      ) : (
        <code>{node.text}</code>
      );
    case 'link':
      return <Link href={node.href}>{wordsOf(node.children)}</Link>;
    case 'list':
      return node.ordered ? <ol start={node.start}>{drawn(node.children)}</ol> : <ul>{drawn(node.children)}</ul>;
    case 'item':
      return <li>{drawn(node.children)}</li>;
    case 'quote':
      return <blockquote>{drawn(node.children)}</blockquote>;
    case 'strong':
      return <strong>{drawn(node.children)}</strong>;
    case 'emphasis':
      return <em>{drawn(node.children)}</em>;
    case 'paragraph':
      return <p>{drawn(node.children)}</p>;
  }
}

/** A link says where it leads; what leads nowhere on the web is text. */
function Link({ href, children }: { href: string; children: string }) {
  const target = targetOf(href);
  if (target === null)
    return (
      <>
        {children} ({href})
      </>
    );
  return (
    <bdi>
      <a href={target.href} target="_blank" rel="noreferrer noopener" title={target.href}>
        {children === '' ? target.href : children}
      </a>
      {children !== href && <span class="real-host"> ({target.host})</span>}
    </bdi>
  );
}
