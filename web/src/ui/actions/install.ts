import { signal } from '@preact/signals';

interface InstallPrompt extends Event {
  prompt(): Promise<void>;
}

/** The browser's own offer to install, kept until the person asks for it. */
export const installPrompt = signal<InstallPrompt | null>(null);

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  installPrompt.value = event as InstallPrompt;
});

export async function promptInstall(): Promise<void> {
  const prompt = installPrompt.peek();
  // it can be used once
  installPrompt.value = null;
  await prompt?.prompt();
}
