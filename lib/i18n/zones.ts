/** The zone of a workspace that has not chosen one; the whole of Kazakhstan has used it since March 2024. */
export const defaultTimeZone = "Asia/Almaty";
