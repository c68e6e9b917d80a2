import type { Operation } from "./operation";
import { accountOperations } from "./operations/accounts";
import { analyticsOperations } from "./operations/analytics";
import { categoryOperations } from "./operations/categories";
import { preorderOperations } from "./operations/preorders";
import { pricingOperations } from "./operations/pricing";
import { productOperations } from "./operations/products";
import { reviewOperations } from "./operations/reviews";
import { runOperations } from "./operations/runs";
import { storeOperations } from "./operations/stores";
import { taskOperations } from "./operations/tasks";
import { webhookOperations } from "./operations/webhooks";

/** All of `/api/v1`, in the order of its document. */
export const operations: readonly Operation[] = [
  ...accountOperations,
  ...storeOperations,
  ...productOperations,
  ...pricingOperations,
  ...preorderOperations,
  ...analyticsOperations,
  ...reviewOperations,
  ...runOperations,
  ...categoryOperations,
  ...taskOperations,
  ...webhookOperations,
];
