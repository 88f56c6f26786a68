import { neutralName } from '../text/neutralise';

/** A name that another person chose: one line, on its own in the direction of the text around it. */
export function Name({ name, class: look }: { name: string; class?: string }) {
  return (
    <bdi class={look === undefined ? 'name' : `name ${look}`} dir="auto">
      {neutralName(name)}
    </bdi>
  );
}
