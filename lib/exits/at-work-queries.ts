import { and, eq } from "drizzle-orm";
import { stores } from "@/lib/db/schema/kaspi";

/** A store whose jobs ask Kaspi's cabinet and its shop window: not paused, and allowed to. */
export const isAtWork = and(eq(stores.isActive, true), eq(stores.officialOnly, false));
