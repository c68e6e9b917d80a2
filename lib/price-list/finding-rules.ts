import { type FindingKey, type ListFinding, MOST_FINDINGS, type offerDoubts } from "./model";

const LONGEST_VALUE = 60;

const short = (value: string) =>
  value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;

/** What is wrong with a whole file. */
export const fileFinding = (key: FindingKey, value: string | null = null): ListFinding => ({
  ...{ key, severity: "error", row: null, sku: null },
  value: value === null ? null : short(value),
});

type Where = { row: number; sku: string };

/** What is wrong with an offer. */
export const offerFinding = (
  { row, sku }: Where,
  key: FindingKey,
  value: string | null = null,
): ListFinding => ({
  ...fileFinding(key, value),
  row,
  sku: short(sku),
});

/** What a person ought to know of an offer that Kaspi takes. */
export const offerDoubt = (
  where: Where,
  key: (typeof offerDoubts)[number],
  value: string | null = null,
): ListFinding => ({ ...offerFinding(where, key, value), severity: "warning" });

/** All findings counted, the first of them kept; errors before warnings. */
export class Findings {
  errors = 0;
  warnings = 0;
  readonly #kept: { error: ListFinding[]; warning: ListFinding[] } = { error: [], warning: [] };

  add(...findings: readonly ListFinding[]): void {
    for (const finding of findings) {
      if (finding.severity === "error") this.errors += 1;
      else this.warnings += 1;
      const kept = this.#kept[finding.severity];
      if (kept.length < MOST_FINDINGS) kept.push(finding);
    }
  }

  first(): ListFinding[] {
    return [...this.#kept.error, ...this.#kept.warning].slice(0, MOST_FINDINGS);
  }
}
