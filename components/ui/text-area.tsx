import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { fieldLook } from "./input";

/** Grows with what is typed, where the browser can. */
export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      {...rest}
      className={cn(fieldLook, "field-sizing-content h-auto min-h-16 resize-y py-2", className)}
    />
  );
}
