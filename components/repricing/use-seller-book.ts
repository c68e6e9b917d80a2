import { useEffect, useRef, useState } from "react";
import type { ActionResult } from "@/lib/auth/action";
import type { FoundSeller, SellerNames } from "@/lib/rivals/list-model";

/** How sellers are found by name, and named by number. */
export type SellerSource = {
  find: (asked: { q: string }) => Promise<ActionResult<FoundSeller[]>>;
  name: (asked: { ids: string[] }) => Promise<ActionResult<SellerNames>>;
};

export type SellerBook = {
  names: SellerNames;
  /** Keeps the name of somebody who was found. */
  learn: (seller: FoundSeller) => void;
  find: SellerSource["find"];
};

/** Names of these sellers, asked for once each: a number is all a rule keeps of them. */
export function useSellerBook({ find, name }: SellerSource, ids: readonly string[]): SellerBook {
  const [names, setNames] = useState<SellerNames>(new Map());
  const asked = useRef(new Set<string>());
  const unknown = ids.filter((id) => !names.has(id) && !asked.current.has(id)).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: whom to ask about is all that matters.
  useEffect(() => {
    if (unknown === "") return;
    const wanted = unknown.split(" ");
    for (const id of wanted) asked.current.add(id);
    name({ ids: wanted }).then(
      (answer) => answer.ok && setNames((before) => new Map([...before, ...answer.value])),
      // They are shown by their numbers.
      () => {},
    );
  }, [unknown]);
  return {
    names,
    learn: ({ id, name: said }) => setNames((before) => new Map([...before, [id, said]])),
    find,
  };
}
