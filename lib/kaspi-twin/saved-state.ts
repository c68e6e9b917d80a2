import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { SavedMarket } from "@/lib/kaspi-twin/market";
import type { SavedOrders } from "@/lib/kaspi-twin/orders";
import type { SavedWrites } from "@/lib/kaspi-twin/price-writes";
import type { SavedReviews } from "@/lib/kaspi-twin/review-book";
import type { SavedSessions } from "@/lib/kaspi-twin/sessions";
import type { SavedShelves } from "@/lib/kaspi-twin/shelves";
import type { World } from "@/lib/kaspi-twin/world";

/** What outlives a restart: prices, sessions, passwords, arranged rivals and the clock. */
type SavedWorld = {
  version: 1;
  seed: string;
  ahead: number;
  shelves: SavedShelves;
  market: SavedMarket;
  /** Not in files of earlier versions. */
  reviews?: SavedReviews;
  writes: SavedWrites;
  /** Missing in files of before there were orders. */
  orders?: SavedOrders;
  sessions: SavedSessions;
  passwords: [string, string][];
};

/** A file of another seed says nothing about this world and is left unread. */
export function restoreWorld(world: World, file: string): void {
  if (!existsSync(file)) return;
  const saved = JSON.parse(readFileSync(file, "utf8")) as SavedWorld;
  if (saved.version !== 1 || saved.seed !== world.seed) return;
  world.clock.advance(saved.ahead);
  world.shelves.restore(saved.shelves);
  world.market.restore(saved.market);
  if (saved.reviews) world.reviews.restore(saved.reviews);
  world.writes.restore(saved.writes);
  world.orders.restore(saved.orders ?? []);
  world.sessions.restore(saved.sessions);
  for (const [email, password] of saved.passwords) world.passwords.set(email, password);
}

export function saveWorld(world: World, file: string): void {
  const saved: SavedWorld = {
    version: 1,
    seed: world.seed,
    ahead: world.clock.ahead(),
    shelves: world.shelves.save(),
    market: world.market.save(),
    reviews: world.reviews.save(),
    writes: world.writes.save(),
    orders: world.orders.save(),
    sessions: world.sessions.save(),
    passwords: [...world.passwords],
  };
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(saved), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const PAUSE = 500;

/** Saves half a second after the first change, so that a burst of changes is saved once. */
export class Saver {
  #timer: NodeJS.Timeout | null = null;

  constructor(readonly save: () => void) {}

  changed(): void {
    this.#timer ??= setTimeout(() => this.flush(), PAUSE);
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.save();
  }
}
