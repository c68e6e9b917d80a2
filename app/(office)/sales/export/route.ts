import { endpoint } from "@/lib/auth/endpoint";
import { salesExportSchema } from "@/lib/sales/address";
import { exportSales } from "@/lib/sales/export-sales";
import { answerWithFile } from "../answer-with-file";

export const GET = endpoint(
  { scope: "session" },
  answerWithFile({ path: "/sales", name: "sales" }, salesExportSchema, exportSales),
);
