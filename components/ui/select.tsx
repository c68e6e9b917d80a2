import { ChevronDownIcon } from "@radix-ui/react-icons";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { fieldLook } from "./input";

export type Option = { value: string; label: string; disabled?: boolean };

type Props = Omit<ComponentProps<"select">, "children"> & { options: readonly Option[] };

/** The browser's own list: the best one on a phone and with a screen reader. */
export function Select({ options, className, ...rest }: Props) {
  return (
    <span className={cn("relative inline-flex", className)}>
      <select {...rest} className={cn(fieldLook, "appearance-none pr-8")}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDownIcon
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 right-2.5 my-auto text-ink-faint"
      />
    </span>
  );
}
