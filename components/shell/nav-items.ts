import { BackpackIcon, CubeIcon, DashboardIcon, GearIcon, ReloadIcon } from "@radix-ui/react-icons";
import type { ComponentType } from "react";

type NavItem = {
  href: `/${string}`;
  /** The word is `common.nav.<name>`. */
  name: "overview" | "products" | "stores" | "runs" | "settings";
  Icon: ComponentType<{ className?: string }>;
};

/** The sections in the order of the rail. A phone's bottom bar shows the first five. */
export const navItems: readonly NavItem[] = [
  { href: "/overview", name: "overview", Icon: DashboardIcon },
  { href: "/products", name: "products", Icon: CubeIcon },
  { href: "/stores", name: "stores", Icon: BackpackIcon },
  { href: "/runs", name: "runs", Icon: ReloadIcon },
  { href: "/settings", name: "settings", Icon: GearIcon },
];
