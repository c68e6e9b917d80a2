import { describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { later, MINUTE } from "@/lib/core/time";
import {
  type Contender,
  type LeadPolicy,
  leaderOf,
  leadOver,
} from "@/lib/repricing/check/lead-rules";
import type { Offer } from "@/lib/repricing/decide/model";
import { decidePrice, resolveRule, rivalsOf } from "@/lib/repricing/decide/rules";
import type { RepricingRule } from "@/lib/repricing/rule/rule-model";
import { noon, offer } from "../../support/pricing";
import { chance, pick, type Random, seeded, whole } from "../../support/random-market";

const policy: LeadPolicy = { leadBy: "stock", leadOrder: [], followers: "behind" };

function contender(storeId: string, over: Partial<Contender> = {}): Contender {
  return {
    storeId,
    productId: `product of ${storeId}`,
    storeSince: noon,
    stock: 10,
    costFloor: null,
    floor: tenge(900),
    bestRival: tenge(1000),
    price: tenge(999),
    ...over,
  };
}

const leads = (contenders: Contender[], how: Partial<LeadPolicy> = {}) => {
  const found = leaderOf(contenders, { ...policy, ...how });
  return found && `${found.leader.storeId} by ${found.why}`;
};

describe("who leads", () => {
  test("nobody where one store sells alone", () => {
    expect(leads([])).toBeNull();
    expect(leads([contender("a")])).toBeNull();
    expect(leads([contender("a"), contender("a", { productId: "twice" })])).toBeNull();
  });

  test("the store with clearly more on stock; a few pieces more are not more", () => {
    expect(leads([contender("a", { stock: 3 }), contender("b", { stock: 12 })])).toBe("b by stock");
    expect(leads([contender("a", { stock: 9 }), contender("b", { stock: 10 })])).toBe("a by age");
    expect(leads([contender("a", { stock: null }), contender("b", { stock: 1 })])).toBe(
      "b by stock",
    );
  });

  test("the store with the lowest floor from cost, when margin is asked for", () => {
    const [a, b] = [contender("a"), contender("b", { costFloor: tenge(800) })];
    expect(leads([a, b], { leadBy: "margin" })).toBe("b by margin");
    expect(leads([a, contender("b", { stock: 50 })], { leadBy: "margin" })).toBe("b by stock");
  });

  test("the chosen one, whatever its stock", () => {
    const [a, b] = [contender("a", { stock: 500 }), contender("b", { stock: 1 })];
    expect(leads([a, b], { leadBy: "order", leadOrder: ["b", "a"] })).toBe("b by order");
    expect(leads([a, b], { leadBy: "order", leadOrder: ["b"] })).toBe("b by order");
  });

  test("never one whose floor forbids the first place, while another can have it", () => {
    const [a, b] = [contender("a", { stock: 500, floor: tenge(1000) }), contender("b")];
    expect(leads([a, b])).toBe("b by reach");
    expect(leads([a, contender("b", { floor: tenge(1200) })])).toBe("a by stock");
  });

  test("the older store where all else is equal", () => {
    const [a, b] = [contender("a", { storeSince: later(noon, 1) }), contender("b")];
    expect(leads([a, b])).toBe("b by age");
  });

  test("it is the same one in whatever order the stores are met", () => {
    const random = seeded(7);
    for (let round = 0; round < 2_000; round++) {
      const how = randomPolicy(random);
      const some = Array.from({ length: whole(random, 2, 5) }, (_, nth) =>
        randomContender(random, `store ${nth}`),
      );
      const shuffled = [...some].sort(() => random() - 0.5);
      expect(leads(shuffled, how)).toBe(leads(some, how));
    }
  });

  test("selling one by one, two stores change places a few times and not with every piece", () => {
    const stock = { a: 100, b: 100 };
    let changes = 0;
    let last: string | null = null;
    while (stock.a + stock.b > 2) {
      const now = leads([contender("a", { stock: stock.a }), contender("b", { stock: stock.b })]);
      if (now !== last) changes += 1;
      last = now;
      const seller = now?.startsWith("a") && stock.a > 1 ? "a" : stock.b > 1 ? "b" : "a";
      stock[seller] -= 1;
    }
    expect(changes).toBeLessThan(30);
  });
});

const followWays = ["behind", "hold"] as const;

function randomPolicy(random: Random): LeadPolicy {
  return {
    leadBy: pick(random, ["stock", "margin", "order"]),
    leadOrder: chance(random, 0.5) ? ["store 1", "store 0"] : [],
    followers: pick(random, followWays),
  };
}

function randomContender(random: Random, storeId: string): Contender {
  return contender(storeId, {
    stock: pick(random, [null, 1, whole(random, 1, 40)]),
    costFloor: pick(random, [null, tenge(whole(random, 500, 900))]),
    floor: tenge(whole(random, 700, 1_050)),
    price: tenge(whole(random, 900, ANCHOR)),
  });
}

const ANCHOR = 1_200;
type Shop = Contender & { rule: RepricingRule; anchor: number };

/** One look of a shop at the market, as its bot has it. */
function look(shops: Shop[], shop: Shop, rivals: Offer[], how: LeadPolicy, cycle: number) {
  const now = later(noon, cycle * 5 * MINUTE);
  const seen = [...shops.map(({ storeId, price }) => offer({ merchantId: storeId, price }))];
  const own = new Set(shops.map(({ storeId }) => storeId));
  const market = [...seen, ...rivals];
  shop.bestRival = rivals.reduce<Shop["bestRival"]>(
    (best, { price }) => (best === null || price < best ? price : best),
    null,
  );
  return decidePrice({
    now,
    rule: shop.rule,
    anchor: tenge(shop.anchor),
    current: shop.price,
    manualLock: false,
    onSale: true,
    hasCard: true,
    minuteOfWeek: 0,
    ownDelivery: null,
    stockDays: null,
    lead: leadOver(shop.storeId, leaderOf(shops, how), how),
    market: { kind: "seen", rivals: rivalsOf(market, own), observedAt: now },
  });
}

/** Looks in turns until nothing has changed for three of them. */
function comesToRest(shops: Shop[], rivals: Offer[], how: LeadPolicy): boolean {
  for (let cycle = 0, quiet = 0; cycle < 60; cycle++) {
    const moved = shops.filter((shop) => {
      const decision = look(shops, shop, rivals, how, cycle);
      if (decision.kind === "change") shop.price = decision.price;
      return decision.kind === "change";
    });
    quiet = moved.length === 0 ? quiet + 1 : 0;
    if (quiet === 3) return true;
  }
  return false;
}

function randomShop(random: Random, storeId: string): Shop {
  const one = randomContender(random, storeId);
  const limits = { enabled: true, floor: one.floor, ceiling: null };
  const step = { unit: "tenge", value: tenge(whole(random, 1, 20)) } as const;
  return { ...one, rule: resolveRule(limits, { step }), anchor: ANCHOR };
}

/** Nothing but a rival, or where it stood before, may bring a store down. */
function lowestOf({ price, floor, rule }: Shop, rivals: Offer[]): number {
  if (rivals.length === 0) return price;
  const best = Math.min(...rivals.map((rival) => rival.price));
  return Math.min(price, Math.max(floor, best - rule.step.value));
}

test("own stores never drive each other down: only rivals do, and all come to rest behind the leader", () => {
  const start = Date.now() % 1_000_000_000;
  for (let seed = start; seed < start + 1_500; seed++) {
    const random = seeded(seed);
    const how = randomPolicy(random);
    const rivals = Array.from({ length: whole(random, 0, 3) }, (_, nth) =>
      offer({ merchantId: `rival ${nth}`, price: tenge(whole(random, 800, ANCHOR)) }),
    );
    const shops = Array.from({ length: whole(random, 2, 4) }, (_, nth) =>
      randomShop(random, `store ${nth}`),
    );
    const lowest = shops.map((shop) => lowestOf(shop, rivals));
    const rests = comesToRest(shops, rivals, how);
    const said = `seed ${seed}: ${JSON.stringify({ how, rivals, shops })}`;
    expect(rests, said).toBe(true);
    expect(
      shops.every(({ price }, nth) => price >= (lowest[nth] ?? 0)),
      said,
    ).toBe(true);
    const leader = leaderOf(shops, how)?.leader;
    const followers = shops.filter(({ storeId }) => storeId !== leader?.storeId);
    const stayBehind = followers.every(
      ({ price }) => price > (leader?.price ?? 0) || price === ANCHOR,
    );
    expect(how.followers === "hold" || stayBehind, said).toBe(true);
  }
});
