/** What stands in the form's field of a deadline; a date without a time is none, and no empty field either. */
export function typedDue(form: HTMLFormElement): string | null {
  const field = form.elements.namedItem("due");
  if (!(field instanceof HTMLInputElement)) return null;
  return field.validity.badInput ? HALF : field.value || null;
}

/** No deadline that the office takes: it answers with the words for the field. */
const HALF = "half";
