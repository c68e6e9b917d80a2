import { ChevronDownIcon } from "@radix-ui/react-icons";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { fieldLook } from "./input";

export type Option = { value: string; label: string; disabled?: boolean };

type Props = Omit<ComponentProps<"select">, "children"> & {
  options: readonly Option[];
  /** What is chosen may take several lines; for options that are sentences. Wants a `value`. */
  wraps?: boolean;
};

/** The browser's own list: the best one on a phone and with a screen reader. */
export function Select({ options, className, wraps = false, ...rest }: Props) {
  const chosen = options.find(({ value }) => value === rest.value) ?? options[0];
  return (
    <span className={cn("relative inline-flex", className)}>
      <select
        {...rest}
        className={cn(
          wraps
            ? "peer absolute inset-0 w-full cursor-pointer opacity-0"
            : cn(fieldLook, "appearance-none pr-8"),
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      {wraps && (
        <span
          aria-hidden="true"
          className={cn(
            fieldLook,
            "pointer-events-none flex h-auto min-h-9 items-center py-1.5 pr-8 leading-snug outline-offset-2 peer-hover:border-ink-soft peer-focus-visible:outline-2 peer-focus-visible:outline-blue peer-aria-invalid:border-red pointer-coarse:h-auto pointer-coarse:min-h-10",
          )}
        >
          {chosen?.label}
        </span>
      )}
      <ChevronDownIcon
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 right-2.5 my-auto text-ink-faint"
      />
    </span>
  );
}
