import type { Metadata } from "next";
import { connection } from "next/server";
import { getTranslations } from "next-intl/server";
import { demoOwner } from "@/lib/auth/demo";
import { env } from "@/lib/env";
import { LoginForm } from "./login-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.login");
  return { title: t("title") };
}

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  await connection();
  const t = await getTranslations("auth.login");
  const { callbackUrl } = await searchParams;
  return (
    <>
      <h1 className="font-semibold text-xl">{t("title")}</h1>
      <LoginForm
        callbackUrl={typeof callbackUrl === "string" ? callbackUrl : undefined}
        demo={
          env().KASPI === "twin" ? { email: demoOwner.email, password: demoOwner.password } : null
        }
      />
    </>
  );
}
