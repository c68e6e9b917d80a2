/** What an address says of these; what is not chosen is left out. */
export const addressOf = (chosen: Record<string, string | number | undefined>): string =>
  new URLSearchParams(
    Object.entries(chosen).flatMap(([name, value]) =>
      value === undefined || value === "" ? [] : [[name, String(value)]],
    ),
  ).toString();
