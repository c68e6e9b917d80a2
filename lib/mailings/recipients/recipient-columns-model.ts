/** The columns of a file that adds recipients; the file of those who are there has them, too. */
export const recipientColumns = ["email", "name", "tags", "comment"] as const;
export type RecipientColumn = (typeof recipientColumns)[number];
