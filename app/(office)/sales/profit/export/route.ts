import { endpoint } from "@/lib/auth/endpoint";
import { profitExportSchema } from "@/lib/sales/address";
import { exportProfit } from "@/lib/sales/export-profit";
import { answerWithFile } from "../../answer-with-file";

export const GET = endpoint(
  { scope: "session" },
  answerWithFile({ path: "/sales/profit", name: "profit" }, profitExportSchema, exportProfit),
);
