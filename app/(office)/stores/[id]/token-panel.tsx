"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useFormSave } from "@/components/ui/use-form-save";
import type { TokenView } from "@/lib/stores/model";
import { forgetToken, keepToken } from "./actions";

type Props = { storeId: string; token: TokenView | null; mayChange: boolean };

/** The token of Kaspi's official API: whether there is one, and another in its place. */
export function TokenPanel({ storeId, token, mayChange }: Props) {
  const t = useTranslations("stores.page.token");
  const [isReplacing, setIsReplacing] = useState(false);
  return (
    <Panel id="token" title={t("title")}>
      <p className="text-ink-soft">{t("what")}</p>
      {token && (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <p>
            {t.rich("kept", {
              ending: token.ending,
              code: (words) => <span className="font-mono">{words}</span>,
              when: () => <TimeAgo at={token.checkedAt} />,
            })}
          </p>
          {mayChange && (
            <div className="flex flex-wrap gap-2">
              <Button size="sm" onClick={() => setIsReplacing(!isReplacing)}>
                {t(isReplacing ? "keepOld" : "replace")}
              </Button>
              <Confirm
                trigger={<Button size="sm">{t("remove")}</Button>}
                title={t("removeTitle")}
                act={t("remove")}
                danger
                onAct={() => forgetToken({ storeId })}
              >
                {t("removeText")}
              </Confirm>
            </div>
          )}
        </div>
      )}
      {!token && !mayChange && <p className="text-ink-soft">{t("none")}</p>}
      {mayChange && (!token || isReplacing) && (
        <TokenForm storeId={storeId} onSaved={() => setIsReplacing(false)} />
      )}
    </Panel>
  );
}

function TokenForm({ storeId, onSaved }: { storeId: string; onSaved: () => void }) {
  const t = useTranslations("stores.page.token");
  const { save, pending, fields, failure } = useFormSave();
  const [token, setToken] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const after = () => {
      setToken("");
      onSaved();
    };
    save(() => keepToken({ storeId, token }), { text: t("saved"), after });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-3">
      {failure && <Notice tone="red">{failure}</Notice>}
      <Field label={t("label")} hint={t("hint")} error={fields.token}>
        {(wiring) => (
          <Input
            {...wiring}
            value={token}
            onChange={(event) => setToken(event.target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
      <Button type="submit" pending={pending} className="self-start">
        {t(pending ? "pending" : "save")}
      </Button>
    </form>
  );
}
