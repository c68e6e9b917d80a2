import type { Caller } from "@/lib/auth/model";
import { isAppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { subjectOf } from "@/lib/repricing/check/check-queries";
import type { Preorder } from "./model";

/**
 * Asks for the preorder's price of goods that are on sale: as a person's price, with its own gate, ledger and
 * undo, for a preorder never changes it. Throws as `setPriceByHand`. Call it with the product locked.
 */
export async function askPrice(
  tx: Tx,
  caller: Caller,
  { productId, price, onSale }: Pick<Preorder, "productId" | "price"> & { onSale: boolean },
  { confirm, now }: { confirm: boolean; now: Date },
): Promise<void> {
  if (!onSale) return;
  const subject = await subjectOf(tx, productId);
  const current = subject && (subject.inFlightPrice ?? subject.shownPrice);
  if (!subject || current === price) return;
  await setPriceByHand(tx, caller, productId, { price, confirm }, now);
}

/** The same as a value: why the price is not asked for, by the key of its text; null: all is well. */
export async function askPriceOrSay(...asked: Parameters<typeof askPrice>): Promise<string | null> {
  const [tx, ...rest] = asked;
  try {
    await tx.transaction((inner) => askPrice(inner, ...rest));
    return null;
  } catch (error) {
    if (!isAppError(error, "invalid", "confirmation_needed")) throw error;
    return error.key;
  }
}
