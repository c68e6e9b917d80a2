import { z } from "zod";
import { fileFormats } from "@/lib/table-files/format-model";
import { attemptListSchema } from "../list-model";

/** A run's letters as its page is narrowed in the address; without a number the newest run's. */
export const attemptsExport = attemptListSchema
  .omit({ after: true })
  .extend({ format: z.enum(fileFormats) });
export type AttemptsExport = z.output<typeof attemptsExport>;
