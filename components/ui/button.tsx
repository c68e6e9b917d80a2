import { cva, type VariantProps } from "class-variance-authority";
import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { Spinner } from "./spinner";

export const buttonLook = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-50",
  {
    variants: {
      look: {
        primary: "bg-ink text-on-ink hover:bg-ink-soft",
        secondary: "border border-line bg-surface text-ink hover:bg-hover active:bg-sunken",
        ghost: "text-ink-soft hover:bg-sunken hover:text-ink",
        danger: "bg-red-solid text-on-solid hover:brightness-90",
      },
      size: {
        sm: "h-7 px-2 text-sm pointer-coarse:h-9",
        md: "h-8 px-3 text-base pointer-coarse:h-10",
        lg: "h-10 px-4 text-base",
      },
    },
    defaultVariants: { look: "secondary", size: "md" },
  },
);

type Look = VariantProps<typeof buttonLook>;

type ButtonProps = ComponentProps<"button"> & Look & { pending?: boolean | undefined };

/** `pending` keeps the button in place, says it is busy and lets nobody press it twice. */
export function Button({ look, size, pending, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={pending || undefined}
      disabled={pending || rest.disabled}
      className={cn(buttonLook({ look, size }), className)}
    >
      {pending && <Spinner />}
      {children}
    </button>
  );
}

/** A link that looks like a button: for going somewhere, not for doing something. */
export function ButtonLink({ look, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link {...rest} className={cn(buttonLook({ look, size }), className)} />;
}
