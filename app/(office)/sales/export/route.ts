import { salesExportSchema } from "@/lib/sales/address";
import { exportSales } from "@/lib/sales/export-sales";
import { fileRoute } from "../file-route";

export const GET = fileRoute({ path: "/sales", name: "sales" }, salesExportSchema, exportSales);
