/**
 * @typedef {{
 *   what: string, value: number, unit: string, note?: string,
 *   target?: { least: number } | { most: number },
 *   baseline?: { what: string, value: number },
 * }} Figure
 */

/** @param {Figure[]} figures */
export function printFigures(figures) {
  for (const figure of figures) {
    const { what, value, unit, baseline, note } = figure;
    console.log(`${verdictOf(figure).padEnd(4)} ${what}: ${tidy(value)} ${unit}${aimOf(figure)}`);
    if (baseline) console.log(`       ${baseline.what}: ${tidy(baseline.value)}`);
    if (note) console.log(`       ${note}`);
  }
}

/** @param {Figure} figure */
function verdictOf({ value, target }) {
  if (!target) return "";
  const met = "least" in target ? value >= target.least : value <= target.most;
  return met ? "PASS" : "MISS";
}

/** @param {Figure} figure */
function aimOf({ target }) {
  if (!target) return "";
  return "least" in target ? ` (≥ ${tidy(target.least)})` : ` (≤ ${tidy(target.most)})`;
}

/** @param {number} value */
function tidy(value) {
  return value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });
}
