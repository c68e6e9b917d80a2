import { stockExportSchema } from "@/lib/sales/address";
import { exportStock } from "@/lib/sales/export-stock";
import { fileRoute } from "../../file-route";

export const GET = fileRoute(
  { path: "/sales/stock", name: "stock" },
  stockExportSchema,
  exportStock,
);
