import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";

type Props = { title: string; lead: string; children?: ReactNode };

/** What the page asks for, and the form that asks. */
export function AuthPage({ title, lead, children }: Props) {
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <h1 className="font-semibold text-xl">{title}</h1>
        <p className="text-ink-soft">{lead}</p>
      </div>
      {children}
    </>
  );
}

/** A page whose link does not work: why, and where to go from there. */
export function DeadLink({
  act,
  href,
  ...said
}: Omit<Props, "children"> & { act: string; href: string }) {
  return (
    <AuthPage {...said}>
      <ButtonLink href={href} size="lg">
        {act}
      </ButtonLink>
    </AuthPage>
  );
}
