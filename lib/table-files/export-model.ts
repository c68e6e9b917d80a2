import { z } from "zod";
import { productListSchema } from "@/lib/products/model";
import { rivalsSchema } from "@/lib/rivals/model";
import { fileFormats } from "./format-model";

const format = z.enum(fileFormats);

/** What a page shows, as its address has it, and the kind of file it is wanted as. */
export const productsExportSchema = productListSchema.extend({ format });
export const rivalsExportSchema = rivalsSchema.extend({ format });
