import type { Tenge } from "@/lib/core/money";
import type { Lead } from "@/lib/repricing/decide/model";

/** A product of ours whose bot is at work on a card in a city, as far as who leads there depends on it. */
export type Contender = {
  productId: string;
  storeId: string;
  storeSince: Date;
  /** Null: not counted. */
  stock: number | null;
  /** Null: its costs are not known. */
  costFloor: Tenge | null;
  floor: Tenge;
  /** The cheapest rival as last seen; null: there was none. */
  bestRival: Tenge | null;
  /** On its way to buyers, else shown to them. */
  price: Tenge;
};

export type LeadPolicy = {
  leadBy: "stock" | "margin" | "order";
  /** The first leads. Stores it does not name come after. */
  leadOrder: readonly string[];
  followers: "behind" | "hold";
};

/** What the leader has more of than the next: see `criteria`. */
export type LeadWhy = "reach" | "stock" | "margin" | "order" | "age";
export type Leader<Who extends Contender = Contender> = { leader: Who; why: LeadWhy };

/** A smaller number goes before a larger one. */
const criteria: Record<LeadWhy, (one: Contender, policy: LeadPolicy) => number> = {
  /** A floor under the cheapest rival: who cannot have the first place does not stand in its way. */
  reach: ({ floor, bestRival }) => (bestRival === null || floor < bestRival ? 0 : 1),
  /** Twice as much is more: by single pieces, each sale would change the leader and two prices. */
  stock: ({ stock }) => (stock === null ? 1 : -Math.floor(Math.log2(stock))),
  margin: ({ costFloor }) => costFloor ?? Number.POSITIVE_INFINITY,
  order: ({ storeId }, { leadOrder }) => {
    const place = leadOrder.indexOf(storeId);
    return place === -1 ? leadOrder.length : place;
  },
  age: ({ storeSince }) => storeSince.getTime(),
};

const asked: Record<LeadPolicy["leadBy"], readonly LeadWhy[]> = {
  stock: ["reach", "stock", "order", "age"],
  margin: ["reach", "margin", "stock", "order", "age"],
  order: ["reach", "order", "age"],
};

/**
 * Who of several own stores goes for the first place, and what decided it. The same contenders in any
 * order give the same leader. Null: less than two stores contend.
 */
export function leaderOf<Who extends Contender>(
  contenders: readonly Who[],
  policy: LeadPolicy,
): Leader<Who> | null {
  const [leader, ...others] = [...contenders].sort(
    (one, other) => difference(one, other, policy)?.by ?? (nameOf(one) < nameOf(other) ? -1 : 1),
  );
  const next = others.find(({ storeId }) => storeId !== leader?.storeId);
  if (!leader || !next) return null;
  return { leader, why: difference(leader, next, policy)?.why ?? "age" };
}

/** What the leader means for another store: nothing for the leader itself. */
export function leadOver(
  storeId: string,
  found: Leader | null,
  { followers }: LeadPolicy,
): Lead | null {
  if (!found || found.leader.storeId === storeId) return null;
  return followers === "hold" ? { kind: "hold" } : { kind: "behind", price: found.leader.price };
}

const nameOf = ({ storeId, productId }: Contender) => `${storeId} ${productId}`;

function difference(
  one: Contender,
  other: Contender,
  policy: LeadPolicy,
): { why: LeadWhy; by: -1 | 1 } | null {
  for (const why of asked[policy.leadBy]) {
    const [ours, theirs] = [criteria[why](one, policy), criteria[why](other, policy)];
    if (ours !== theirs) return { why, by: ours < theirs ? -1 : 1 };
  }
  return null;
}
