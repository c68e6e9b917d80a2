const KB = 1024;
const MB = 1024 * KB;

/** «340 кБ», «2,4 МБ»: as the reader's language has it. */
export function formatSize(bytes: number, locale: string): string {
  const inMegabytes = bytes >= MB;
  const unit = inMegabytes ? "megabyte" : "kilobyte";
  const value = inMegabytes ? bytes / MB : Math.ceil(bytes / KB);
  return new Intl.NumberFormat(locale, {
    ...{ style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 },
  }).format(value);
}
