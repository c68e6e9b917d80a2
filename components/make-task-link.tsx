import { CheckCircledIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";

type Props = { kind: "store" | "product" | "order" | "review"; id: string; size?: "sm" | "md" };

/** The way to a new task that is about this. */
export function MakeTaskLink({ kind, id, size = "md" }: Props) {
  const t = useTranslations("tasks.make");
  const about = new URLSearchParams({ about: `${kind}:${id}` });
  return (
    <ButtonLink href={`/tasks?${about}`} size={size} prefetch={false}>
      <CheckCircledIcon aria-hidden="true" />
      {t("act")}
    </ButtonLink>
  );
}
