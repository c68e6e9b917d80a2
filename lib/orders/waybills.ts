import { waybillsUrl } from "@/lib/kaspi/cabinet-orders";

type Order = { tab: string; waybillUrl: string | null; merchantId: string };

/** Where the papers of an order are: its own, or all of the shop's in one file, for who is logged in at Kaspi. */
export type Waybills = { own: string | null; all: string | null };

export function waybillsOf({ tab, waybillUrl, merchantId }: Order): Waybills {
  const isPacked = tab === "handover" || tab === "transmitted";
  return { own: waybillUrl, all: isPacked ? waybillsUrl(merchantId) : null };
}
