import { AppError } from "@/lib/core/errors";
import { UnreadableBody } from "@/lib/kaspi/body";
import { ProxyFailure } from "@/lib/kaspi/tunnel";

const timeouts = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "ETIMEDOUT",
]);

/**
 * An exchange that brought no whole answer. It says nothing about the session or the market.
 * Only the code is kept: messages of the network layer may name a proxy and its login.
 */
export function networkFailure(error: unknown): unknown {
  if (error instanceof UnreadableBody) return new AppError("kaspi_malformed", "kaspi_malformed");
  if (error instanceof ProxyFailure)
    return new AppError("kaspi_unreachable", "proxy_failed", { params: { code: error.code } });
  // What speaks no HTTP at all; undici gives this one no code.
  if (error instanceof Error && error.name === "HTTPParserError")
    return new AppError("kaspi_malformed");
  const code = codeOf(error);
  if (code === null || code === "UND_ERR_INVALID_ARG") return error;
  if (timeouts.has(code)) return new AppError("kaspi_timeout");
  if (code.startsWith("HPE_")) return new AppError("kaspi_malformed");
  return new AppError("kaspi_unreachable", "kaspi_unreachable", { params: { code } });
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}
