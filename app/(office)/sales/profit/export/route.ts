import { profitExportSchema } from "@/lib/sales/address";
import { exportProfit } from "@/lib/sales/export-profit";
import { fileRoute } from "../../file-route";

export const GET = fileRoute(
  { path: "/sales/profit", name: "profit" },
  profitExportSchema,
  exportProfit,
);
