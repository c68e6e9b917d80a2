"use client";

import { DownloadIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { fileFormats } from "@/lib/table-files/format-model";
import { buttonLook } from "./ui/button";
import { Popover } from "./ui/popover";

type Props = {
  /** The address of the file. */
  path: string;
  /** What the page shows, as an address. */
  query: string;
  /** It may be changed and sent back. */
  isTwoWay?: boolean;
  /** Where a page has several files: what each is called, and how its address says `what`. */
  kinds?: readonly { name: string; what: string }[];
};

/** The list as it is narrowed now, as a file. */
export function DownloadMenu({ path, query, isTwoWay = false, kinds = [] }: Props) {
  const t = useTranslations("tables.download");
  return (
    <Popover
      label={t("label")}
      align="end"
      button={
        <>
          <DownloadIcon aria-hidden="true" />
          {t("button")}
        </>
      }
    >
      <div className="flex w-64 flex-col gap-3 max-md:w-auto">
        <p className="text-ink-soft text-sm">{t(isTwoWay ? "text" : "plain")}</p>
        {kinds.length === 0 && <Formats path={path} query={query} />}
        {kinds.map(({ name, what }) => (
          <section key={what} aria-label={name} className="flex flex-col gap-1.5">
            <h3 className="font-medium text-sm">{name}</h3>
            <Formats
              path={path}
              query={`${new URLSearchParams([...new URLSearchParams(query), ["what", what]])}`}
            />
          </section>
        ))}
      </div>
    </Popover>
  );
}

function Formats({ path, query }: Pick<Props, "path" | "query">) {
  const t = useTranslations("tables.download");
  return (
    <div className="grid grid-cols-2 gap-2">
      {fileFormats.map((format) => (
        <a
          key={format}
          href={`${path}?${new URLSearchParams([...new URLSearchParams(query), ["format", format]])}`}
          className={buttonLook({})}
        >
          {t(format)}
        </a>
      ))}
    </div>
  );
}
