export const accountOperations = [];
