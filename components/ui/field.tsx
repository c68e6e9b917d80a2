"use client";

import { type ReactNode, useId } from "react";

export type FieldWiring = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

type Props = {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null | undefined;
  /** Gets what ties the control to its label, hint and error; spread it. */
  children: (wiring: FieldWiring) => ReactNode;
};

export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  const said = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": said ? `${id}-said` : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {said && (
        <p id={`${id}-said`} className={error ? "text-red text-sm" : "text-ink-faint text-sm"}>
          {said}
        </p>
      )}
    </div>
  );
}
