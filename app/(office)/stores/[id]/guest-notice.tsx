import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { StoreView } from "@/lib/stores/model";

type Props = { store: Pick<StoreView, "ownerName" | "may"> };

/** Whose store it is, and what the guest may do in it. */
export function GuestNotice({ store: { ownerName, may } }: Props) {
  const t = useTranslations("stores.share");
  const right = useTranslations("permissions.name");
  const changes = may.filter((permission) => !permission.startsWith("view_"));
  return (
    <Notice title={t("guest", { owner: ownerName })}>
      {changes.length === 0
        ? t("onlyLook")
        : t("may", { rights: changes.map((permission) => right(permission)).join(", ") })}
    </Notice>
  );
}
