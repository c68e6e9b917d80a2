"use client";

import { buttonLook } from "./ui/button";
import { cn } from "./ui/class-names";
import { Field } from "./ui/field";

type Props = {
  label: string;
  error: string | null;
  /** On the button. */
  choose: string;
  /** Of the file, or what stands there while there is none. */
  name: string;
  accept: string;
  onChoose: (file: File | null) => void;
};

/** One file of the person's. The browser's own words on it are in the browser's language: it lies unseen on ours. */
export function FileField({ label, error, choose, name, accept, onChoose }: Props) {
  return (
    <Field label={label} error={error}>
      {(wiring) => (
        <div className="relative flex items-center gap-3">
          <input
            {...wiring}
            type="file"
            accept={accept}
            onChange={({ target }) => onChoose(target.files?.[0] ?? null)}
            className="peer absolute inset-0 cursor-pointer opacity-0"
          />
          <span
            aria-hidden="true"
            className={cn(
              buttonLook({}),
              "shrink-0 peer-focus-visible:outline-2 peer-focus-visible:outline-blue peer-focus-visible:outline-offset-2",
            )}
          >
            {choose}
          </span>
          <span className="min-w-0 truncate text-ink-soft text-sm">{name}</span>
        </div>
      )}
    </Field>
  );
}
