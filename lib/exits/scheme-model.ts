/** How a proxy is spoken to. No schema in here: the browser needs this list, too. */
export const proxySchemes = ["http", "https", "socks5"] as const;
