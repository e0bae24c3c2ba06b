/** Runs a button's action; the button is disabled until it is done. */
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
