import type { useTranslations } from "next-intl";
import type { Group } from "@/lib/people/group-model";

/** A group of the office's own is called by its name in the reader's language. */
export function groupName(
  t: ReturnType<typeof useTranslations<"people">>,
  { builtIn, name }: Pick<Group, "builtIn" | "name">,
): string {
  return builtIn ? t(`groups.builtIn.${builtIn}.name`) : name;
}
