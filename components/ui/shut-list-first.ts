/** Escape shuts an open list of choices before the window it stands in. */
export function shutListFirst(event: KeyboardEvent): void {
  const { target } = event;
  const isList = target instanceof Element && target.getAttribute("role") === "combobox";
  if (isList && target.getAttribute("aria-expanded") === "true") event.preventDefault();
}
