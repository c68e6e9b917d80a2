import { endpoint } from "@/lib/auth/endpoint";
import { stockExportSchema } from "@/lib/sales/address";
import { exportStock } from "@/lib/sales/export-stock";
import { answerWithFile } from "../../answer-with-file";

export const GET = endpoint(
  { scope: "session" },
  answerWithFile({ path: "/sales/stock", name: "stock" }, stockExportSchema, exportStock),
);
