export const PAGE_SIZE = 100;
/** A list that goes on this far past what Kaspi says there is never ends: it is a fault. */
const PAGES_PAST_TOTAL = 20;

/** A page of Kaspi's list. On-sale offers come first: they are what the seller waits for. */
export type Place = { phase: "on_sale" | "removed"; page: number };

/** Where a walk is, and what it has met so far. */
export type Cursor = {
  phase: Place["phase"] | "done";
  page: number;
  /** What Kaspi said of the phases begun so far. */
  totals: { on_sale: number; removed: number };
  met: number;
  unreadable: number;
  created: number;
  /** Known before, and shown differently by Kaspi now. */
  changed: number;
  cut: boolean;
};

export const walkStart: Cursor = {
  phase: "on_sale",
  page: 0,
  totals: { on_sale: 0, removed: 0 },
  met: 0,
  unreadable: 0,
  created: 0,
  changed: 0,
  cut: false,
};

/** What a page says of the list it is part of. */
export type Met = { rows: number; unreadable: number; total: number };

/** Where the walk goes on once the page at the cursor was met. */
export function pageAfter(cursor: Cursor, met: Met): Cursor {
  const { phase, page } = cursor;
  if (phase === "done") return cursor;
  const total = Math.max(cursor.totals[phase], met.total);
  const cut = page + 1 >= pagesOf(total) + PAGES_PAST_TOTAL;
  const ended = met.rows === 0 || ((page + 1) * PAGE_SIZE >= total && met.rows < PAGE_SIZE);
  return {
    ...cursor,
    ...(ended || cut ? nextPhase(phase) : { page: page + 1 }),
    totals: { ...cursor.totals, [phase]: total },
    met: cursor.met + met.rows,
    unreadable: cursor.unreadable + met.unreadable,
    cut: cursor.cut || (cut && !ended),
  };
}

/** The page at the cursor and those after it that there are by Kaspi's count, at most so many. */
export function placesFrom({ phase, page, totals }: Cursor, most: number): Place[] {
  if (phase === "done") return [];
  const known = Math.max(pagesOf(totals[phase]) - page, 1);
  return Array.from({ length: Math.min(known, most) }, (_, nth) => ({ phase, page: page + nth }));
}

/** How many offers Kaspi says there are. */
export const totalOf = ({ totals }: Cursor) => totals.on_sale + totals.removed;

const pagesOf = (offers: number) => Math.ceil(offers / PAGE_SIZE);

function nextPhase(phase: Place["phase"]): Pick<Cursor, "phase" | "page"> {
  return { phase: phase === "on_sale" ? "removed" : "done", page: 0 };
}
