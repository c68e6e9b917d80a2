import type { Tx } from "@/lib/db/client";
import { raiseNotice } from "@/lib/notices/queries";
import type { Preorder } from "./model";
import { storeNameOf } from "./work-queries";

/** Tells the owner that a preorder did not end: at Kaspi its days still stand. It stays told until it has ended. */
export async function tellNotEnded(
  tx: Tx,
  { id, storeId, name }: Pick<Preorder, "id" | "storeId" | "name">,
): Promise<void> {
  await raiseNotice(tx, {
    ...{ kind: "preorder_not_put_back", about: id, severity: "warning", storeId },
    params: { store: await storeNameOf(tx, storeId), product: name },
  });
}
