import { getLocale } from "next-intl/server";
import { z } from "zod";
import { parse } from "@/lib/auth/action";
import { endpoint } from "@/lib/auth/endpoint";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { chartRanges } from "@/lib/repricing/chart/chart-model";
import { productChart } from "@/lib/repricing/chart/product-chart";
import { cityIdField } from "@/lib/stores/model";
import { chartAnswer } from "./chart-answer";

const asked = z.object({
  id: z.uuid(),
  range: z.enum(chartRanges).default("day"),
  city: cityIdField.optional().catch(undefined),
});

/** How a product's price and market went: fetched when somebody looks at the chart. */
export const GET = endpoint<RouteContext<"/products/[id]/chart">>(
  { scope: "session" },
  async (caller, request, { params }) => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const { id, range, city } = parse(asked, { ...query, ...(await params) });
    const { db, clock } = kaspiAccess();
    const chart = await productChart(db, caller, id, range, clock(), city ?? null);
    const locale = await getLocale();
    return Response.json(chartAnswer(translator(locale), locale, chart), {
      headers: { "cache-control": "no-store" },
    });
  },
);
