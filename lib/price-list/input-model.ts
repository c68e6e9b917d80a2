import { z } from "zod";

export const storeOfList = z.object({ storeId: z.uuid() });
export const listOfStore = z.object({ listId: z.uuid() });
