import { isAppError } from "@/lib/core/errors";

const wireNames: Record<string, string> = {
  userIds: "user_ids",
  storeId: "store_id",
  productId: "product_id",
  orderId: "order_id",
  reviewId: "review_id",
};

/** What is wrong with the fields of a task is said of them as a request calls them. */
export async function inWireNames<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isAppError(error))
      for (const detail of error.details) detail.path = wireNames[detail.path] ?? detail.path;
    throw error;
  }
}
