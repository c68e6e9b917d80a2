/** More wrong codes than Kaspi takes of one code would only end in its flood answer. */
export const MOST_ATTEMPTS = 5;
