// No schema in here: the browser needs these bounds, too.

/** Of all files of a letter together. */
export const MOST_FILE_BYTES = 10 * 1024 * 1024;
export const MOST_FILES = 20;
