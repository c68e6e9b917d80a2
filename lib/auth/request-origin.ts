import { randomUUID } from "node:crypto";
import type { Origin } from "@/lib/log/origin";
import { addressOf } from "./address";

/** Where a request comes from; its id is ours, whatever it claims to be called. */
export function requestOrigin(headers: Pick<Headers, "get">): Origin {
  return { requestId: randomUUID(), from: addressOf(headers.get("x-forwarded-for")) };
}
