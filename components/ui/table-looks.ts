import { cn } from "./class-names";
import type { ColumnLook } from "./table-columns";

export const headLook = ({ align, width }: ColumnLook): string =>
  cn(align === "right" && "text-right", width);

export const cellLook = ({ align, width, card }: ColumnLook): string =>
  cn(align === "right" && "md:text-right", width, card ? `card-${card}` : "max-md:hidden");
