import type { Scenario } from "../../support/pricing";

/** A market a seller could meet, what is decided, and the sentence the seller reads. */
export type NamedMarket = { market: string; given: Scenario; decided: string; said: string };
