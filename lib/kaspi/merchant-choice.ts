import { z } from "zod";
import type { MerchantChoice } from "@/lib/kaspi/log-in";
import { wireId, wireText } from "@/lib/kaspi/wire-values";

const id = wireId.optional().catch(undefined);
const name = wireText.catch(null);
const wire = z.object({ uid: id, id, merchantUid: id, merchantId: id, name });

/**
 * The shops offered after an e-mail login (protocol A1 `su`). Nobody has recorded its inner shape,
 * so ids, objects with one, and names by id are all read; what cannot be read is left out.
 */
export function readMerchantChoice(su: unknown): MerchantChoice[] {
  if (Array.isArray(su)) return su.flatMap(readRow);
  if (typeof su !== "object" || su === null) return [];
  return Object.entries(su).flatMap(([key, value]) =>
    Array.isArray(value) ? value.flatMap(readRow) : [{ uid: key, name: name.parse(value) }],
  );
}

function readRow(row: unknown): MerchantChoice[] {
  const bare = wireId.safeParse(row).data;
  if (bare) return [{ uid: bare, name: null }];
  const read = wire.safeParse(row).data;
  const uid = read?.uid ?? read?.id ?? read?.merchantUid ?? read?.merchantId;
  return read && uid ? [{ uid, name: read.name }] : [];
}
