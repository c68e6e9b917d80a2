import { type AuditAction, auditActions } from "@/lib/auth/audit-model";

/** What the audit can be narrowed by. No schema in here: the browser needs these lists, too. */
export const AUDIT_PAGE = 50;
/** A file holds this many entries at most; who wants more narrows the period. */
export const MOST_EXPORTED = 100_000;

export const auditPeriods = { day: 1, week: 7, month: 30, year: 365 } as const;
export type AuditPeriod = keyof typeof auditPeriods;

/** In place of a person: what nobody has done. */
export const NOBODY = "system";

type AreaOf<Action extends string> = Action extends `${infer Area}.${string}` ? Area : never;
export type AuditArea = AreaOf<AuditAction>;

const areaOf = (action: AuditAction) => action.slice(0, action.indexOf(".")) as AuditArea;
export const auditAreas: readonly AuditArea[] = [...new Set(auditActions.map(areaOf))];

/** One action, or all of an area. */
export const actionsOf = (chosen: string): AuditAction[] =>
  auditActions.filter((action) => action === chosen || areaOf(action) === chosen);

export const exportFormats = ["xlsx", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];
