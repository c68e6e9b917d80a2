"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import "swagger-ui-dist/swagger-ui.css";
import "./api-viewer.css";

type State = "loading" | "shown" | "failed";

/** The document as Swagger UI shows it. It is loaded with the page that needs it, from here. */
export function ApiViewer({ source }: { source: string }) {
  const t = useTranslations("api.viewer");
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<State>("loading");
  useDarkModeOfViewer();
  useEffect(() => {
    let isGone = false;
    const show = async () => {
      const { default: swaggerUi } = await import("swagger-ui-dist/swagger-ui-es-bundle.js");
      if (isGone || !place.current) return;
      swaggerUi({
        domNode: place.current,
        url: source,
        deepLinking: true,
        defaultModelsExpandDepth: 0,
        docExpansion: "list",
        // Nothing is asked of anybody else's server.
        validatorUrl: null,
        onComplete: () => setState("shown"),
      });
    };
    show().catch(() => setState("failed"));
    return () => {
      isGone = true;
    };
  }, [source]);
  return (
    <>
      {state === "loading" && (
        <p className="flex items-center gap-2 text-ink-soft" role="status">
          <Spinner />
          {t("loading")}
        </p>
      )}
      {state === "failed" && <Notice tone="red">{t("failed")}</Notice>}
      <div ref={place} />
    </>
  );
}

/** It has dark colours of its own, by a class on the document. */
function useDarkModeOfViewer() {
  useEffect(() => {
    const { classList, dataset } = document.documentElement;
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    const follow = () => {
      const theme = dataset.theme ?? (system.matches ? "dark" : "light");
      classList.toggle("dark-mode", theme === "dark");
    };
    follow();
    system.addEventListener("change", follow);
    return () => {
      system.removeEventListener("change", follow);
      classList.remove("dark-mode");
    };
  }, []);
}
