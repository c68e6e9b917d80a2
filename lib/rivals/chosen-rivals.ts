import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import type { Rival, RivalSort } from "./list-model";
import { rivalsInOrder } from "./list-rules";
import { rivalsLately } from "./rivals-lately";

type Asked = { store?: string | undefined; q: string; sort: RivalSort };

/** All rivals that the page means, on every page of it, in its order. */
export async function chosenRivals(
  tx: Tx,
  caller: Caller,
  { store, q, sort }: Asked,
  now: Date,
): Promise<Rival[]> {
  return rivalsInOrder(await rivalsLately(tx, caller, store, now), { q, sort });
}
