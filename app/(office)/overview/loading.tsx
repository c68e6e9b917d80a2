import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const panels = [
  { name: "health", span: "xl:col-span-2" },
  { name: "losing", span: "xl:col-span-3" },
  { name: "wants", span: "xl:col-span-3" },
  { name: "today", span: "xl:col-span-2" },
];

/** The shape of the four answers. */
export default function Loading() {
  const t = useTranslations("overview");
  return (
    <Page>
      <PageHeader title={t("title")} lead={<Skeleton className="my-1 w-80 max-w-full" />} />
      <div aria-busy="true" className="grid gap-4 xl:grid-cols-5">
        {panels.map(({ name, span }) => (
          <div
            key={name}
            className={`flex min-h-64 flex-col gap-4 rounded-lg border bg-surface p-4 ${span}`}
          >
            <Skeleton className="h-4 w-40" />
            {["w-3/4", "w-1/2", "w-2/3", "w-1/3"].map((width) => (
              <Skeleton key={width} className={width} />
            ))}
          </div>
        ))}
      </div>
    </Page>
  );
}
