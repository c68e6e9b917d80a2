export type SaveFailure = { kind: string; text: string };

/** What an optimistic control needs to know of a write; the result of every action fits. */
export type SaveOutcome = { ok: true } | { ok: false; failure: SaveFailure };
