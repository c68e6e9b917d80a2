import { useTranslations } from "next-intl";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const panels = [
  { name: "now", span: "xl:col-span-3" },
  { name: "schedule", span: "xl:col-span-2" },
];

/** The shape of what runs and of the schedule. */
export default function Loading() {
  const t = useTranslations("runs");
  return (
    <Page>
      <PageHeader title={t("title")} lead={<Skeleton className="my-1 w-80 max-w-full" />} />
      <div aria-busy="true" className="grid gap-4 xl:grid-cols-5">
        {panels.map(({ name, span }) => (
          <div
            key={name}
            className={`flex min-h-72 flex-col gap-4 rounded-lg border bg-surface p-4 ${span}`}
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
