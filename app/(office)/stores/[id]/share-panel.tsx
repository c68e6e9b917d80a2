"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Panel } from "@/components/panel";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import type { StorePermission } from "@/lib/auth/permission-model";
import type { StoreShare } from "@/lib/stores/share-model";
import { unshare } from "./actions";
import { ShareForm } from "./share-form";

export type ShareProps = {
  store: { id: string; name: string };
  shares: readonly StoreShare[];
  /** Colleagues' e-mails, for who may see the people of the office. */
  colleagues: readonly string[];
  /** What the reader may give: nobody gives what they have not. */
  own: readonly StorePermission[];
};

/** Whom the store is shared with, for those whose it is. */
export function SharePanel(props: ShareProps) {
  const t = useTranslations("stores.share");
  const [open, setOpen] = useState(false);
  const { store, shares } = props;
  return (
    <Panel
      id="share"
      title={t("title")}
      aside={
        <Button size="sm" onClick={() => setOpen(true)}>
          {t("add")}
        </Button>
      }
    >
      <p className="text-ink-soft">{t("mine")}</p>
      {shares.length === 0 ? (
        <p className="text-ink-soft">{t("nobody")}</p>
      ) : (
        <ul className="flex flex-col">
          {shares.map((share) => (
            <ShareRow key={share.personId} {...props} share={share} />
          ))}
        </ul>
      )}
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("addTitle", { store: store.name })}
        className="max-w-xl"
      >
        <ShareForm {...props} share={null} onDone={() => setOpen(false)} />
      </Dialog>
    </Panel>
  );
}

function ShareRow({ share, ...props }: ShareProps & { share: StoreShare }) {
  const t = useTranslations("stores.share");
  const right = useTranslations("permissions.name");
  const [open, setOpen] = useState(false);
  const { personId, name, email, isActive, permissions } = share;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t py-2.5 last:pb-0">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium" title={email}>
            {name}
          </span>
          {!isActive && <Badge>{t("blocked")}</Badge>}
        </p>
        <p className="text-ink-soft text-sm">
          {permissions.map((permission) => right(permission)).join(" · ")}
        </p>
      </div>
      <div className="flex gap-2">
        <Button size="sm" aria-label={t("editOf", { name })} onClick={() => setOpen(true)}>
          {t("edit")}
        </Button>
        <Confirm
          trigger={
            <Button size="sm" look="ghost" aria-label={t("withdrawOf", { name })}>
              {t("withdraw")}
            </Button>
          }
          title={t("withdrawTitle", { name })}
          act={t("withdraw")}
          danger
          onAct={() => unshare({ storeId: props.store.id, personId })}
        >
          {t("withdrawText")}
        </Confirm>
      </div>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("editTitle", { name })}
        className="max-w-xl"
      >
        <ShareForm {...props} share={share} onDone={() => setOpen(false)} />
      </Dialog>
    </li>
  );
}
