/** More wrong codes than Kaspi takes of one code would only end in its flood answer. */
export const MOST_ATTEMPTS = 5;
/** A login that has not ended by so many codes ends by itself: whose phone it is wants none of them. */
export const MOST_RESENDS = 3;
