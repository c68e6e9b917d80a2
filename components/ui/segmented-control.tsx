"use client";

import { useId } from "react";
import { cn } from "./class-names";

type Props<T extends string> = {
  label: string;
  value: T;
  options: readonly { value: T; label: string; count?: string }[];
  onChoose: (value: T) => void;
};

/** A few ways to look at the same list; arrow keys move between them. */
export function SegmentedControl<T extends string>({ label, value, options, onChoose }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="inline-flex min-w-0 max-w-full overflow-x-auto rounded-md bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            "relative inline-flex h-8 cursor-pointer items-center gap-1.5 rounded-sm px-2.5 text-sm whitespace-nowrap text-ink-soft hover:text-ink has-focus-visible:outline-2 has-focus-visible:outline-blue pointer-coarse:h-9",
            option.value === value &&
              "bg-raised font-medium text-ink shadow-[0_0_0_1px_var(--color-line)]",
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
            className="sr-only"
          />
          {option.label}
          {option.count && <span className="text-ink-faint">{option.count}</span>}
        </label>
      ))}
    </fieldset>
  );
}
