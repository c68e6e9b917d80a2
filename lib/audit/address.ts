import { z } from "zod";
import { type AuditPeriod, actionsOf, auditPeriods, exportFormats, NOBODY } from "./filter-model";

const forgiving = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

/** Postgres knows no year -271821. */
const moment = z.coerce.date().min(new Date("2025-01-01")).max(new Date("3000-01-01"));

/** The last entry shown: `2026-11-21T04:53:07.000Z_<id>`. */
const cursor = z
  .preprocess((text) => String(text).split("_"), z.tuple([moment, z.uuid()]))
  .transform(([at, id]) => ({ at, id }));
export type AuditCursor = z.output<typeof cursor>;

export const cursorText = ({ at, id }: AuditCursor) => `${at.toISOString()}_${id}`;

/** An address, the command line or a job; a subject is an id. */
const word = z.string().regex(/^[\w.:/ -]{1,100}$/);

/** What the audit's address narrows it to; anything it cannot understand is left out. */
export const auditSchema = z.object({
  person: forgiving(z.union([z.uuid(), z.literal(NOBODY)])),
  store: forgiving(z.uuid()),
  action: forgiving(z.string().refine((chosen) => actionsOf(chosen).length > 0)),
  subject: forgiving(word),
  period: forgiving(z.enum(Object.keys(auditPeriods) as [AuditPeriod, ...AuditPeriod[]])),
  address: forgiving(word),
  request: forgiving(word),
});
export type AuditQuery = z.output<typeof auditSchema>;

export const auditAddress = auditSchema.extend({ before: forgiving(cursor) });

export const exportSchema = auditSchema.extend({ format: z.enum(exportFormats) });
