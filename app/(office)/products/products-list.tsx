"use client";

import { useState } from "react";
import type {
  FilterCounts,
  Loosened,
  OptionalColumn,
  ProductFilter,
} from "@/lib/products/filter-model";
import type { ProductChoice } from "@/lib/products/model";
import { BulkBar } from "./bulk/bulk-bar";
import type { NamedFacets } from "./narrow-panel";
import { NothingFound } from "./nothing-found";
import type { ProductLine } from "./product-line";
import { ProductsTable } from "./products-table";
import { ProductsToolbar } from "./products-toolbar";

type Props = {
  choice: ProductChoice;
  counts: FilterCounts;
  facets: NamedFacets;
  /** As the cookie had them when the page was drawn. */
  hiddenAtFirst: OptionalColumn[];
  lines: ProductLine[];
  /** What to drop when there are none. */
  loosened: Loosened[];
  page: number;
  total: number;
};

export function ProductsList(props: Props) {
  const { choice, counts, facets, hiddenAtFirst, lines, loosened, page, total } = props;
  const [hidden, setHidden] = useState(hiddenAtFirst);
  const filter: ProductFilter = choice.filter;
  return (
    <>
      <ProductsToolbar
        filter={filter}
        counts={counts}
        facets={facets}
        hidden={hidden}
        onColumns={setHidden}
      />
      <ProductsTable
        lines={lines}
        page={page}
        total={total}
        hidden={hidden}
        empty={<NothingFound loosened={loosened} />}
      />
      <BulkBar choice={choice} total={total} />
    </>
  );
}
