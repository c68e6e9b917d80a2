"use client";

import { useLocale, useTranslations } from "next-intl";
import { Switch } from "@/components/ui/switch";
import type { ExitInPool } from "@/lib/exits/model";
import { formatNumber } from "@/lib/i18n/money";
import { allowCabinet, turnExit } from "./actions";
import { LabelExit, PaceExit, RemoveExit } from "./exit-changes";
import { ExitState } from "./exit-state";
import { TryExit } from "./try-exit";

type Props = { exit: ExitInPool };

export function ExitRow({ exit }: Props) {
  const t = useTranslations("settings.exits");
  const name = exit.name ?? t("own");
  return (
    <li className="grid gap-x-6 gap-y-2 border-t py-3 last:pb-0 md:grid-cols-[1fr_auto]">
      <div className="flex min-w-0 flex-col gap-0.5">
        <p className="font-medium">{name}</p>
        <p className="text-sm">
          <ExitState exit={exit} />
        </p>
        <Where exit={exit} />
        <Figures exit={exit} />
      </div>
      <div className="flex flex-col gap-2 md:items-end">
        <Turn
          words={t("reading")}
          label={t("switch", { name })}
          on={exit.isActive}
          save={(isActive) => turnExit({ exitId: exit.id, isActive })}
        />
        <Turn
          words={t("cabinet")}
          label={t("cabinetOf", { name })}
          on={exit.forCabinet}
          save={(forCabinet) => allowCabinet({ exitId: exit.id, forCabinet })}
        />
        <div className="flex flex-wrap gap-2">
          <TryExit exitId={exit.id} name={name} />
          <PaceExit exit={exit} name={name} />
          {exit.name !== null && <LabelExit exit={exit} name={exit.name} />}
          {exit.name !== null && <RemoveExit exitId={exit.id} name={name} />}
        </div>
      </div>
    </li>
  );
}

type TurnProps = {
  words: string;
  label: string;
  on: boolean;
  save: Parameters<typeof Switch>[0]["save"];
};

function Turn({ words, ...rest }: TurnProps) {
  return (
    <div className="flex items-center gap-2 text-sm max-md:justify-between">
      <span className="text-ink-soft">{words}</span>
      <Switch {...rest} />
    </div>
  );
}

/** Where it is, for its owner; of the login one sign, of the password nothing. */
function Where({ exit: { scheme, address, login, takesBrowser } }: Props) {
  const t = useTranslations("settings.exits");
  if (address === null) return null;
  return (
    <>
      <p className="break-all text-ink-soft text-sm">
        {scheme?.toUpperCase()} {address}
        {login && ` · ${t("loginMasked", { login })}`}
      </p>
      {!takesBrowser && <p className="text-ink-soft text-sm">{t("noBrowser")}</p>}
    </>
  );
}

function Figures({ exit }: Props) {
  const t = useTranslations("settings.exits");
  const locale = useLocale();
  const shown = (value: number) => formatNumber(value, locale);
  const pace = t("pace", { pace: shown(exit.readsPerSecond) });
  if (exit.requests === 0)
    return (
      <p className="text-ink-soft text-sm">
        {pace} · {t("unused")}
      </p>
    );
  return (
    <p className="text-ink-soft text-sm tabular-nums">
      {pace} · {t("requests", { count: shown(exit.requests) })} ·{" "}
      {t("failures", { count: shown(exit.failures) })}
      {exit.p50 !== null && exit.p95 !== null && (
        <> · {t("latency", { half: shown(exit.p50), most: shown(exit.p95) })}</>
      )}
    </p>
  );
}
