"use server";

import { z } from "zod";
import { offerLines } from "@/components/repricing/offer-line";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { decisionMarket } from "@/lib/ledger/decision-market";

export const marketThen = action(
  z.object({ decisionId: z.uuid() }),
  async (caller, { decisionId }) => {
    const { market, ...ours } = await decisionMarket(kaspiAccess().db, caller, decisionId);
    return market && { offers: offerLines(market.offers, ours), seenAt: market.seenAt };
  },
);
