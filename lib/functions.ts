import type { InngestFunction } from "inngest";
import { checkDueAccounts, checkKaspiAccount } from "@/lib/accounts/jobs";
import { exitsTick, probeExits } from "@/lib/exits/jobs";
import { mailingsTick, sendMailingJob } from "@/lib/mailings/jobs";
import { ordersTick, readOrders } from "@/lib/orders/jobs";
import { snapshotPlaces } from "@/lib/overview/jobs";
import { sendResetLink } from "@/lib/people/jobs";
import { lookForStorePreorders, preordersTick, sendStorePreorders } from "@/lib/preorders/jobs";
import { feedsTick, rollBackList, uploadList } from "@/lib/price-list/jobs";
import { watchPriceWars } from "@/lib/price-wars/jobs";
import { changeProducts } from "@/lib/repricing/bulk/bulk-jobs";
import {
  confirmPrices,
  pricingTick,
  publishPrices,
  repriceStore,
} from "@/lib/repricing/check/jobs";
import { floorsTick, recomputeFloors } from "@/lib/repricing/cost-floor/cost-jobs";
import { forgetOldData } from "@/lib/retention/jobs";
import { readReviewsOf, reviewsTick } from "@/lib/reviews/jobs";
import { noteFailedRun, settleFailedRuns } from "@/lib/runs/jobs";
import { sumSales } from "@/lib/sales/jobs";
import { syncDueStores, syncStore } from "@/lib/sync/jobs";
import { taskClock, taskRulesTick } from "@/lib/tasks/jobs";
import { sendTellingsJob, shopNewsTick, stockTick, tellingsTick } from "@/lib/telling/jobs";
import { sendWebhooks, webhooksTick } from "@/lib/webhooks/jobs";

/** Every background job of the system. */
export const functions: InngestFunction.Any[] = [
  checkDueAccounts,
  checkKaspiAccount,
  exitsTick,
  probeExits,
  syncDueStores,
  syncStore,
  changeProducts,
  recomputeFloors,
  floorsTick,
  pricingTick,
  repriceStore,
  publishPrices,
  confirmPrices,
  ordersTick,
  readOrders,
  sumSales,
  preordersTick,
  sendStorePreorders,
  lookForStorePreorders,
  watchPriceWars,
  uploadList,
  rollBackList,
  feedsTick,
  snapshotPlaces,
  reviewsTick,
  readReviewsOf,
  noteFailedRun,
  settleFailedRuns,
  sendResetLink,
  sendWebhooks,
  webhooksTick,
  tellingsTick,
  shopNewsTick,
  sendTellingsJob,
  stockTick,
  taskClock,
  taskRulesTick,
  mailingsTick,
  sendMailingJob,
  forgetOldData,
];
