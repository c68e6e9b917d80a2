/** When what had the focus is gone: to the name of the page, unless the focus is somewhere already. */
export function focusHeading(): void {
  if (document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
}
