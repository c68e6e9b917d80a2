import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import type { Loosened, Narrowing } from "./filter-model";
import { countByFilter } from "./list-queries";
import type { ProductChoice } from "./model";

const without: Record<Narrowing, (choice: ProductChoice) => ProductChoice> = {
  q: (choice) => ({ ...choice, q: "" }),
  filter: (choice) => ({ ...choice, filter: "all" }),
  place: (choice) => ({ ...choice, place: undefined }),
  watch: (choice) => ({ ...choice, watch: undefined }),
  today: (choice) => ({ ...choice, today: undefined }),
  rival: (choice) => ({ ...choice, rival: undefined }),
  reason: (choice) => ({ ...choice, reason: undefined }),
  category: (choice) => ({ ...choice, category: undefined }),
  price: (choice) => ({ ...choice, from: undefined, to: undefined }),
};

function isNarrowedBy(choice: ProductChoice, name: Narrowing): boolean {
  if (name === "price") return choice.from !== undefined || choice.to !== undefined;
  if (name === "filter") return choice.filter !== "all";
  return Boolean(choice[name]);
}

/** For a choice that finds nothing: what alone stands in the way, and how many there are without it. */
export async function countLoosened(
  tx: Tx,
  caller: Caller,
  choice: ProductChoice,
  now: Date,
): Promise<Loosened[]> {
  const names = (Object.keys(without) as Narrowing[]).filter((name) => isNarrowedBy(choice, name));
  const loosened: Loosened[] = [];
  for (const name of names) {
    const wider = without[name](choice);
    const counts = await countByFilter(tx, caller, wider, now);
    if (counts[wider.filter] > 0) loosened.push({ name, count: counts[wider.filter] });
  }
  return loosened;
}
