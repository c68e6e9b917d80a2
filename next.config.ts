import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** On every answer, files too. What depends on the settings or the request is added by proxy.ts. */
const headers = [
  // For what proxy.ts does not see: files and JSON, which are no pages.
  { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "X-Permitted-Cross-Domain-Policies", value: "none" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // In development Next prints the arguments of every action: Kaspi's password is one of them.
  logging: { serverFunctions: false },
  skipTrailingSlashRedirect: true,
  // Left out of the bundles only because that makes the build a tenth shorter.
  serverExternalPackages: ["exceljs", "inngest", "undici"],
  experimental: {
    optimizePackageImports: ["radix-ui", "@radix-ui/react-icons"],
    serverActions: { bodySizeLimit: "1mb" },
    // A larger body is cut off without a word: a file of costs may have 20 MB, and what is larger is seen to be.
    proxyClientMaxBodySize: "21mb",
  },
  headers: async () => [{ source: "/:path*", headers }],
};

// Messages are taken apart when the application is built: the browser gets no parser of them.
const withIntl = createNextIntlPlugin({
  requestConfig: "./lib/i18n/request.ts",
  experimental: {
    messages: {
      path: "./lib/i18n/messages",
      format: "json",
      locales: "infer",
      precompile: true,
    },
  },
});

export default withIntl(config);
