/** What a key may be used for. `bot` is kept for a program of our own and given by nobody. No schema in here: the browser needs these lists, too. */
export const apiScopes = ["read", "write", "kaspi", "bot"] as const;
export type ApiScope = (typeof apiScopes)[number];

export const givenScopes = ["read", "write", "kaspi"] as const satisfies ApiScope[];
export type GivenScope = (typeof givenScopes)[number];

/** Days a key works; none: until it is revoked. */
export const keyLives = ["30", "90", "365", "none"] as const;
export type KeyLife = (typeof keyLives)[number];
