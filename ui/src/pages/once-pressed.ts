/** Does what a button stands for; until it is done, pressing the button again does nothing. */
export async function oncePressed(button: HTMLElement | null, run: () => Promise<unknown>): Promise<void> {
  if (!(button instanceof HTMLButtonElement)) {
    await run();
    return;
  }
  button.disabled = true;
  try {
    await run();
  } finally {
    button.disabled = false;
  }
}
