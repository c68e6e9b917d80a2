import { z } from "zod";
import { wireId, wireText } from "@/lib/kaspi/wire-values";

export type MerchantChoice = { uid: string; name: string | null };

const named = z.looseObject({ name: wireText.catch(null) });

const choice = z.union([
  wireId.transform((uid): MerchantChoice => ({ uid, name: null })),
  ...["uid", "id", "merchantUid", "merchantId"].map((key) =>
    named.transform((row, context): MerchantChoice => {
      const uid = wireId.safeParse(row[key]);
      if (uid.success) return { uid: uid.data, name: row.name };
      context.addIssue("no id");
      return z.NEVER;
    }),
  ),
]);

/**
 * The shops offered after an e-mail login (protocol A1 `su`). Nobody has recorded its inner shape,
 * so any list of ids or of objects with one is read; what cannot be read is left out.
 */
export function readMerchantChoice(su: unknown): MerchantChoice[] {
  const rows = Array.isArray(su)
    ? su
    : Object.values(z.record(z.string(), z.unknown()).catch({}).parse(su)).flat();
  return rows.flatMap((row) => {
    const read = choice.safeParse(row);
    return read.success ? [read.data] : [];
  });
}
