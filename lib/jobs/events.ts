import { eventType } from "inngest";
import { z } from "zod";

const storeId = z.uuid();

/** Every event of the system. Ids only: whoever handles one reads the rest from Postgres. */
export const events = {
  syncRequested: eventType("store/sync.requested", {
    schema: z.object({ storeId, runId: z.uuid() }),
  }),
  accountCheckRequested: eventType("account/check.requested", {
    schema: z.object({ accountId: z.uuid() }),
  }),
  repriceRequested: eventType("store/reprice.requested", { schema: z.object({ storeId }) }),
  publishRequested: eventType("store/publish.requested", { schema: z.object({ storeId }) }),
  bulkRequested: eventType("products/bulk.requested", { schema: z.object({ runId: z.uuid() }) }),
  /** Floors from cost are to be computed anew. */
  floorsRequested: eventType("costs/floors.requested", { schema: z.object({ runId: z.uuid() }) }),
  /** So many new proxies wait to be tried. */
  exitsProbeRequested: eventType("exits/probe.requested", { schema: z.object({}) }),
  /** A full price list is to be sent to the cabinet. */
  listUploadRequested: eventType("list/upload.requested", {
    schema: z.object({ storeId, runId: z.uuid() }),
  }),
  /** Prices are to be put back to those of a version. */
  listRollbackRequested: eventType("list/rollback.requested", {
    schema: z.object({ storeId, runId: z.uuid(), listId: z.uuid(), userId: z.uuid() }),
  }),
  confirmRequested: eventType("store/confirm.requested", { schema: z.object({ storeId }) }),
  /** Preorders are to be written at Kaspi, or looked for there. */
  preordersRequested: eventType("store/preorders.requested", { schema: z.object({ storeId }) }),
  preordersLook: eventType("store/preorders.look", { schema: z.object({ storeId }) }),
  /** Orders are to be read at Kaspi; `runId` is null where nobody follows it. */
  ordersRequested: eventType("store/orders.requested", {
    schema: z.object({ storeId, runId: z.uuid().nullable() }),
  }),
  /** A list of reviews is to be read: of a store's shop, or of any card. Somebody follows it, or nobody. */
  reviewsRequested: eventType("reviews/read.requested", {
    schema: z.object({
      sourceId: z.uuid(),
      storeId: storeId.nullable(),
      runId: z.uuid().nullable(),
    }),
  }),
  /** Somebody, known or not, has asked for a new password. */
  resetAsked: eventType("person/reset.asked", { schema: z.object({ attemptId: z.uuid() }) }),
  /** Deliveries wait for a webhook. */
  webhookDue: eventType("webhook/send.requested", { schema: z.object({ webhookId: z.uuid() }) }),
  /** Something waits to be told in Telegram. */
  tellingsDue: eventType("tellings/send.requested", { schema: z.object({}) }),
  /** A run of a mailing has letters that may leave. */
  mailingDue: eventType("mailing/send.requested", { schema: z.object({ runId: z.uuid() }) }),
  /** Sent by the engine itself, whichever it is, when a run has failed for good. */
  runFailed: eventType("inngest/function.failed", {
    schema: z.object({ run_id: z.string(), function_id: z.string() }),
  }),
};
