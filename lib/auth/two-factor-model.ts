/** Null: it is off. */
export type TwoFactor = { since: Date; codesLeft: number } | null;
