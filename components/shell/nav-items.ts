import {
  ActivityLogIcon,
  ArchiveIcon,
  AvatarIcon,
  BackpackIcon,
  BarChartIcon,
  ChatBubbleIcon,
  CheckCircledIcon,
  CountdownTimerIcon,
  CubeIcon,
  DashboardIcon,
  EnvelopeClosedIcon,
  FileTextIcon,
  GearIcon,
  ListBulletIcon,
  MixerHorizontalIcon,
  PersonIcon,
  ReloadIcon,
  TokensIcon,
} from "@radix-ui/react-icons";
import type { ComponentType } from "react";

type Icon = ComponentType<{ className?: string }>;

export type NavPage = {
  href: `/${string}`;
  /** The word is `common.nav.<name>`. */
  name:
    | "overview"
    | "products"
    | "priceList"
    | "preorders"
    | "orders"
    | "sales"
    | "decisions"
    | "approvals"
    | "rivals"
    | "calculator"
    | "runs"
    | "reviews"
    | "tasks"
    | "mailings"
    | "stores"
    | "people"
    | "settings";
  Icon: Icon;
};

/** Pages under one word: listed in the rail, one button under the thumb. */
export type NavGroup = {
  name: "prices" | "trade";
  Icon: Icon;
  pages: readonly [NavPage, ...NavPage[]];
};

const prices: NavGroup = {
  name: "prices",
  Icon: TokensIcon,
  pages: [
    { href: "/decisions", name: "decisions", Icon: ActivityLogIcon },
    { href: "/approvals", name: "approvals", Icon: CheckCircledIcon },
    { href: "/rivals", name: "rivals", Icon: PersonIcon },
    { href: "/calculator", name: "calculator", Icon: MixerHorizontalIcon },
    { href: "/runs", name: "runs", Icon: ReloadIcon },
  ],
};

const trade: NavGroup = {
  name: "trade",
  Icon: BarChartIcon,
  pages: [
    { href: "/orders", name: "orders", Icon: ArchiveIcon },
    { href: "/sales", name: "sales", Icon: BarChartIcon },
  ],
};

/** The sections in the order of the rail. */
export const navItems: readonly (NavPage | NavGroup)[] = [
  { href: "/overview", name: "overview", Icon: DashboardIcon },
  { href: "/products", name: "products", Icon: CubeIcon },
  { href: "/price-list", name: "priceList", Icon: FileTextIcon },
  prices,
  { href: "/preorders", name: "preorders", Icon: CountdownTimerIcon },
  trade,
  { href: "/reviews", name: "reviews", Icon: ChatBubbleIcon },
  { href: "/tasks", name: "tasks", Icon: ListBulletIcon },
  { href: "/mailings", name: "mailings", Icon: EnvelopeClosedIcon },
  { href: "/stores", name: "stores", Icon: BackpackIcon },
  { href: "/people", name: "people", Icon: AvatarIcon },
  { href: "/settings", name: "settings", Icon: GearIcon },
];

export type NavName = (typeof navItems)[number]["name"];

/** A phone's bottom bar has room for five: to people the way leads through the settings, to stores through the overview, to lists and preorders through products, to reviews, tasks and mailings through the overview. */
const notUnderThumb: readonly NavName[] = [
  "people",
  "preorders",
  "priceList",
  "stores",
  "reviews",
  "tasks",
  "mailings",
];
export const thumbItems = (hidden: readonly NavName[]) =>
  navItems.filter(({ name }) => !notUnderThumb.includes(name) && !hidden.includes(name));

const isUnder = (pathname: string, href: string) =>
  pathname === href || pathname.startsWith(`${href}/`);

/** The page of these that is open, itself or one under it. */
export const pageHere = (pages: readonly NavPage[], pathname: string) =>
  pages.find(({ href }) => isUnder(pathname, href));

export const pagesOf = (item: NavPage | NavGroup): readonly [NavPage, ...NavPage[]] =>
  "pages" in item ? item.pages : [item];
