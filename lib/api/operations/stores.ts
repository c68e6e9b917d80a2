export const storeOperations = [];
