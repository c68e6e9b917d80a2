import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const isDev = process.env.NODE_ENV === "development";

/** Pictures come from Kaspi's host, or with the training Kaspi from a port of this machine. */
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${isDev ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https://*.cdn-kaspi.kz http://127.0.0.1:*",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const headers = [
  { key: "Content-Security-Policy", value: contentSecurityPolicy },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
];

/** Behind a proxy that names itself as the host, an action comes from the address people open. */
const { NEXTAUTH_URL } = process.env;
const ownOrigin = NEXTAUTH_URL ? [new URL(NEXTAUTH_URL).host] : [];

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
    serverActions: { allowedOrigins: ownOrigin },
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
