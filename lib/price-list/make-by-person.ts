import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { writableStore } from "@/lib/stores/queries";
import { makeList } from "./make-list";
import type { ListVersion } from "./version-queries";

/** Makes a store's list of this moment because a person wants to see it. Throws `not_found`, `forbidden`. */
export async function makeListByPerson(
  access: Pick<KaspiAccess, "db" | "clock">,
  caller: Caller,
  storeId: string,
): Promise<ListVersion> {
  const store = await writableStore(access.db, caller, storeId, "change_price");
  if (store.accountId === null) throw new AppError("conflict", "feed_without_login");
  const version = await makeList(access, store, { why: "person", by: caller.id });
  await audit(access.db, {
    ...{ at: access.clock(), userId: caller.id, storeId, subjectId: version.id },
    ...{ action: "list.made", details: { number: version.number, offers: version.offers } },
  });
  return version;
}
