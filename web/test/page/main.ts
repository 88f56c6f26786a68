// The screens over the double, for looking at them and for axe: ?scene=NAME&speak=pseudo. Never part of the app.
import '../../src/link';
import english from '../../src/messages/en.ftl?raw';
import { bundleOf, speakWith } from '../../src/messages/messages';
import { start } from '../../src/ui/start';
import { DoubleCore } from '../double/core';
import { pseudo } from '../double/pseudo';
import { scenes } from '../double/scenes';

const asked = new URLSearchParams(location.search);
const core = new DoubleCore();
scenes[asked.get('scene') ?? 'first']?.(core);
Object.assign(globalThis, { double: core });
void start(core).then(() => {
  if (asked.get('speak') === 'pseudo') speakWith('ar-XB', 'rtl', [bundleOf('en', english, pseudo)]);
});
