import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Panel } from "@/components/panel";
import { BackLink } from "@/components/ui/back-link";
import { buttonLook } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { diffVersions } from "@/lib/price-list/read-version";
import { findVersion, newestVersion, versionContent } from "@/lib/price-list/version-queries";
import { listStores } from "@/lib/stores/queries";
import { FindingsTable } from "../../findings-table";
import { DiffTable } from "./diff-table";
import { NoFile } from "./no-file";
import { RollBack } from "./roll-back";

const address = z.object({ file: z.enum(["wait", "table"]).optional().catch(undefined) });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("priceList"))("title") };
}

/** One version of a price list: what is in it that is different now, and the way back to its prices. */
export default async function VersionPage({
  params,
  searchParams,
}: PageProps<"/price-list/versions/[id]">) {
  const { id } = await params;
  const { file } = address.parse(await searchParams);
  const [caller, t, tNow] = await Promise.all([
    pageCaller(),
    getTranslations("priceList.version"),
    getTranslations("priceList.now"),
  ]);
  const { db } = kaspiAccess();
  const listId = z.uuid().safeParse(id).data;
  const version = listId ? await findVersion(db, caller, listId) : null;
  if (!version) notFound();
  const [newest, { findings }, [store]] = await Promise.all([
    newestVersion(db, version.storeId),
    versionContent(db, version.id),
    listStores(db, caller, version.storeId),
  ]);
  const isCurrent = !newest || newest.id === version.id;
  const compared = isCurrent
    ? null
    : await diffVersions(db, caller, { from: version.id, to: newest.id });
  const mayWrite = store?.may.includes("change_price") === true;
  return (
    <Page messages={["errors", "priceList.version"]}>
      <div className="flex flex-col gap-2">
        <BackLink href={`/price-list?store=${version.storeId}`}>{t("back")}</BackLink>
        <PageHeader
          title={t("title", { number: version.number })}
          lead={t("lead", { store: version.storeName, count: version.offers })}
          action={
            <>
              {(["xml", "xlsx"] as const).map((format) => (
                <a
                  key={format}
                  href={`/price-list/versions/${version.id}/file?format=${format}`}
                  className={buttonLook({})}
                >
                  {tNow(format)}
                </a>
              ))}
              {mayWrite && !isCurrent && <RollBack listId={version.id} number={version.number} />}
            </>
          }
        />
      </div>
      {file && <NoFile why={file} listId={version.id} caller={caller} />}
      <FindingsTable findings={findings} counted={version.errors + version.warnings} />
      {compared ? (
        <Panel title={t("against", { number: compared.to.number })}>
          <DiffTable diff={compared.diff} />
        </Panel>
      ) : (
        <p className="text-ink-soft">{t("current")}</p>
      )}
    </Page>
  );
}
