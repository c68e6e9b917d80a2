// No schema in here: the browser needs these lists, too.

/** How it is settled which of several own stores on one card leads. */
export const leadWays = ["stock", "margin", "order"] as const;
/** What the others do: stay a step above the leader, or leave their price alone. */
export const followWays = ["behind", "hold"] as const;
