import type { AuditAction } from "@/lib/auth/audit-model";
import { noCosts } from "@/lib/costs/model";
import type { Written } from "./write-cells";

type Entry = { action: AuditAction; details: Record<string, unknown> };

/** The same words as for single edits: one entry for each kind of thing that is otherwise. */
export function entriesOf({ row, settled, wanted }: Written): Entry[] {
  const entries: Entry[] = [];
  const { before = {}, after = {} } = settled ?? {};
  if (after.botEnabled !== undefined)
    entries.push({ action: after.botEnabled ? "product.bot_on" : "product.bot_off", details: {} });
  if (after.floor !== undefined || after.ceiling !== undefined) {
    const limits = { floor: row.floor, ceiling: row.ceiling };
    const { floor = limits.floor, ceiling = limits.ceiling } = after;
    const details = { before: limits, after: { floor, ceiling } };
    entries.push({ action: "product.limits_changed", details });
  }
  if (after.rule !== undefined)
    entries.push({
      action: "product.rule_changed",
      details: { before: before.rule, after: after.rule },
    });
  if (wanted.costs !== null) {
    const details = { before: row.costs ?? noCosts, after: wanted.costs, source: "import" };
    entries.push({ action: "product.costs_changed", details });
  }
  if (wanted.note !== undefined)
    entries.push({
      action: "product.note_changed",
      details: { from: row.note, to: wanted.note },
    });
  if (wanted.stocks.length > 0) {
    const counts = (of: (pointId: string, count: number | null) => number | null) =>
      Object.fromEntries(wanted.stocks.map(({ pointId, count }) => [pointId, of(pointId, count)]));
    const details = {
      before: counts((pointId) => row.stocks[pointId] ?? null),
      after: counts((_pointId, count) => count),
    };
    entries.push({ action: "product.stock_changed", details });
  }
  return entries;
}
