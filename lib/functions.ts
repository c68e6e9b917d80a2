import type { InngestFunction } from "inngest";
import { checkDueAccounts, checkKaspiAccount } from "@/lib/accounts/jobs";
import { confirmPrices, pricingTick, publishPrices, repriceStore } from "@/lib/repricing/jobs";
import { syncDueStores, syncStore } from "@/lib/sync/jobs";

/** Every background job of the system. */
export const functions: InngestFunction.Any[] = [
  checkDueAccounts,
  checkKaspiAccount,
  syncDueStores,
  syncStore,
  pricingTick,
  repriceStore,
  publishPrices,
  confirmPrices,
];
