import { eq } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tenge } from "@/lib/core/money";
import { SECOND } from "@/lib/core/time";
import { preorders } from "@/lib/db/schema/preorders";
import { createPreorder } from "@/lib/preorders/create-preorders";
import { lookForPreorders } from "@/lib/preorders/look-store";
import type { PointQuantity } from "@/lib/preorders/model";
import { pushPreorders } from "@/lib/preorders/push-preorders";
import { sendPreorders } from "@/lib/preorders/send-store";
import type { Handle } from "./goods";
import type { TestOffice } from "./office";

type Given = {
  leadDays?: number;
  points?: PointQuantity[];
  price?: number;
  caller?: Caller;
};

/** What a test does with the preorder of a product: as the seller, and as the jobs. */
export function preorderOf(office: TestOffice, goods: Handle) {
  const { access, owner, twin } = office;
  const { storeId, productId, merchantUid } = goods;
  const row = async () => {
    const [found] = await access.db
      .select()
      .from(preorders)
      .where(eq(preorders.productId, productId))
      .orderBy(preorders.createdAt);
    if (!found) throw new Error("the product has no preorder");
    return found;
  };
  const send = async () => {
    while ((await sendPreorders(access, storeId)).goesOn);
  };
  const self = {
    row,
    draft: ({ leadDays = 7, points, price, caller = owner }: Given = {}) =>
      createPreorder(
        access.db,
        caller,
        {
          ...{ storeId, productId, leadDays },
          points: points ?? [{ pointId: `${merchantUid}_PP1`, quantity: 5 }],
          price: (price ?? null) as Tenge | null,
        },
        access.clock(),
      ),
    push: async ({ confirm = false } = {}) =>
      pushPreorders(
        access.db,
        owner,
        { storeId, ids: [(await row()).id], confirm },
        access.clock(),
      ),
    send,
    /** Lets Kaspi apply what was sent, and reads back. */
    look: async (ms = 10 * SECOND) => {
      twin.advance({ ms });
      return lookForPreorders(access, storeId);
    },
    /** Made, sent, applied and seen. */
    activate: async (given: Given = {}) => {
      const id = await self.draft(given);
      await self.push({ confirm: true });
      await send();
      await self.look();
      return id;
    },
    days: () =>
      Object.fromEntries(
        (goods.truth().points ?? []).map(({ pointId, available, preOrder }) => [
          pointId.replace(`${merchantUid}_`, ""),
          available ? (preOrder ?? 0) : "shut",
        ]),
      ),
    sent: () => goods.writes().filter(({ status }) => status === 200),
  };
  return self;
}
