import list from "@/lib/kaspi/cities.json" with { type: "json" };

/** The cities Kaspi sells in (protocol H). */
export const cityIds: ReadonlySet<string> = new Set(list.map(([id]) => String(id)));
