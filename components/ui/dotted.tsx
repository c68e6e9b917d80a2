import type { ReactNode } from "react";

/** Facts side by side with a dot between them; where they wrap, no line begins or ends with one. */
export function Dotted({ facts }: { facts: ReactNode[] }) {
  return (
    <span className="block overflow-clip [overflow-clip-margin:3px]">
      <span className="-ml-4 flex flex-wrap">
        {facts.map(
          (fact, nth) =>
            fact && (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: each fact has its place.
                key={nth}
                className="relative min-w-0 pl-4 before:absolute before:left-1.5 before:content-['·']"
              >
                {fact}
              </span>
            ),
        )}
      </span>
    </span>
  );
}
