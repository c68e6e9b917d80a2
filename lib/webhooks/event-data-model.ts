import { z } from "zod";
import { type SentEvent, sentEvents } from "./event-model";

const id = z.uuid();
const tenge = z.int().min(0).describe("Whole tenge");
const moment = z.iso.datetime();

/** The `data` of each event. Field names are a contract (docs/webhooks.md). */
export const eventData = {
  "price.changed": z.strictObject({
    store_id: id,
    product_id: id,
    kaspi_sku: z.string().describe("The seller's article"),
    city_id: z.string(),
    price: tenge,
    price_before: tenge.nullable(),
    origin: z.enum(["bot", "manual", "undo"]),
    reason: z.string(),
    decision_id: id,
    confirmed_at: moment.describe("When Kaspi's own list was seen to show it"),
  }),
  "sync.finished": z.strictObject({
    store_id: id,
    run_id: id,
    status: z.enum(["finished", "failed"]),
    complete: z.boolean().describe("Whether the whole list was read"),
    products_count: z.int().min(0).nullable(),
    created: z.int().min(0),
    updated: z.int().min(0),
    gone: z.int().min(0),
    error: z.string().nullable().describe("A code, when it failed"),
    finished_at: moment,
  }),
  "store.needs_reauth": z.strictObject({
    store_id: id,
    reason: z.string(),
    since: moment,
  }),
  "decision.frozen": z.strictObject({
    store_id: id,
    product_id: id,
    city_id: z.string(),
    decision_id: id,
    reason: z.string(),
    price_before: tenge.nullable(),
    price: tenge.nullable().describe("What the bot would set; it waits for a person"),
    decided_at: moment,
  }),
  ping: z.strictObject({ webhook_id: id }),
} satisfies Record<SentEvent, z.ZodType>;

export type EventData<E extends SentEvent> = z.input<(typeof eventData)[E]>;

/** What is sent. */
export const bodySchema = z.strictObject({
  id,
  event: z.enum(sentEvents),
  created_at: moment,
  data: z.record(z.string(), z.unknown()),
});
