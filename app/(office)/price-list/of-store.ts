import type { Caller } from "@/lib/auth/model";
import type { StoreView } from "@/lib/stores/model";

/** Whose list a panel is about, and whether its reader may change anything. */
export type OfStore = { caller: Caller; store: StoreView; mayWrite: boolean };
