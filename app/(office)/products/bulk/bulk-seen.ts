/** Holds the bulk change whose outcome was closed, so that a reload does not bring it back. */
export const bulkSeenCookie = "duken-bulk-seen";
