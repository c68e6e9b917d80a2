import { z } from "zod";
import { storable } from "@/lib/core/text";
import {
  exportFormats,
  type LedgerPeriod,
  ledgerKinds,
  ledgerOrigins,
  ledgerPeriods,
  ledgerStates,
} from "./filter-model";

const forgiving = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

/** No decision is older than Duken, and Postgres knows no year -271821. */
export const moment = z.coerce.date().min(new Date("2025-01-01")).max(new Date("3000-01-01"));

/** The last decision shown: `2026-11-21T04:53:07.000Z_1204_<store>`. */
const cursor = z
  .preprocess(
    (text) => String(text).split("_"),
    z.tuple([moment, z.coerce.number().pipe(z.int().min(0)), z.uuid()]),
  )
  .transform(([decidedAt, seq, storeId]) => ({ decidedAt, seq, storeId }));
export type LedgerCursor = z.output<typeof cursor>;

export const cursorText = ({ decidedAt, seq, storeId }: LedgerCursor) =>
  `${decidedAt.toISOString()}_${seq}_${storeId}`;

/** What the ledger's address narrows it to; anything it cannot understand is left out. */
export const ledgerSchema = z.object({
  store: forgiving(z.uuid()),
  q: z.string().overwrite(storable).trim().max(100).default("").catch(""),
  period: forgiving(z.enum(Object.keys(ledgerPeriods) as [LedgerPeriod, ...LedgerPeriod[]])),
  kind: forgiving(z.enum(ledgerKinds)),
  reason: forgiving(z.string().regex(/^[a-z_]{1,40}$/)),
  state: forgiving(z.enum(ledgerStates)),
  origin: forgiving(z.enum(ledgerOrigins)),
  run: forgiving(z.uuid()),
  product: forgiving(z.uuid()),
});
export type LedgerQuery = z.output<typeof ledgerSchema>;

export const ledgerAddress = ledgerSchema.extend({ before: forgiving(cursor) });

export const exportSchema = ledgerSchema.extend({ format: z.enum(exportFormats) });
