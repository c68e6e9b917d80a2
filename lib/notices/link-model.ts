import type { Notice } from "./model";

/** Where the marked words of a notice lead in the office, by their marks. */
export function noticeLinks(params: Notice["params"]) {
  const asked = (path: string, query: Record<string, string>) =>
    `${path}?${new URLSearchParams(query)}`;
  return {
    run: `/runs/${params.run}`,
    reenter: `/stores?connect=${params.account ?? 1}`,
    stores: "/stores",
    exits: "/settings/exits",
    webhooks: "/settings/webhooks",
    token: `/stores/${params.id}`,
    preorders: "/preorders",
    list: "/price-list",
    review: asked("/reviews", { store: String(params.of), stars: "low" }),
    approvals: "/approvals",
    telegram: "/settings#telegram",
    prices: "/stores",
    stock: asked("/sales/stock", { store: String(params.of) }),
    task: `/tasks/${params.task}`,
    mailing: `/mailings/${params.mailing}`,
  };
}

export type NoticeLink = keyof ReturnType<typeof noticeLinks>;
