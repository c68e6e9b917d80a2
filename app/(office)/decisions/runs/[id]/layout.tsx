import type { ReactNode } from "react";
import { loadPricingRun } from "./load-pricing-run";

type Props = { children: ReactNode; params: Promise<{ id: string }> };

/** Asks before anything is sent, so that the answer is a 404 and not a page that turns into one. */
export default async function PricingRunLayout({ children, params }: Props) {
  await loadPricingRun((await params).id);
  return children;
}
