import { databaseRole, hasDemoOwner, keysInUse, ownersAtWork } from "@/lib/auth/deploy-queries";
import { keyIdOf } from "@/lib/auth/vault";
import type { Tx } from "@/lib/db/client";
import { pendingMigrations } from "@/lib/db/migrations";
import type { Env } from "@/lib/env";
import { jobHealth } from "@/lib/jobs/health";
import { getWorkspace } from "@/lib/workspace/queries";
import { type Finding, unsafe, unwise } from "./finding";
import { nearness } from "./hosts";

type Found = Finding | null;

async function peopleFindings(db: Tx): Promise<Found[]> {
  const { all, withoutTwoFactor } = await ownersAtWork(db);
  return [
    all === 0
      ? unsafe("no-owner", [
          "Владельца нет.",
          "Первым станет тот, кто откроет ссылку раньше.",
          "manage createsuperuser или manage setup-link.",
        ])
      : null,
    withoutTwoFactor.length > 0
      ? unwise("two-factor", [
          `Владельцы без второго шага входа: ${withoutTwoFactor.join(", ")}.`,
          "Хватит одного подсмотренного пароля.",
          "Настройки → «Второй шаг».",
        ])
      : null,
    (await hasDemoOwner(db))
      ? unsafe("demo-owner", [
          "В базе есть учебный владелец demo@duken.kz.",
          "Его пароль написан в исходном коде.",
          "Начните с чистой базы; учебную для работы не берут.",
        ])
      : null,
  ];
}

async function kaspiFinding(db: Tx): Promise<Found> {
  const { kaspi } = await getWorkspace(db);
  if (kaspi === "live") return null;
  return unsafe("demo-database", [
    "База учебная.",
    "Магазины, товары и входы в ней ненастоящие.",
    "Для работы задайте другую: DATABASE_URL или DATA_DIR.",
  ]);
}

async function keyFinding(db: Tx, { ENCRYPTION_KEY, ENCRYPTION_KEYS_OLD }: Env): Promise<Found> {
  const known = [ENCRYPTION_KEY, ...ENCRYPTION_KEYS_OLD].map(keyIdOf);
  const lost = (await keysInUse(db)).filter((id) => !known.includes(id));
  if (lost.length === 0) return null;
  return unsafe("lost-keys", [
    `Часть сохранённого зашифрована ключом, которого нет (${lost.join(", ")}).`,
    "Эти пароли и входы не прочесть.",
    "Верните ключ в ENCRYPTION_KEYS_OLD; что именно: manage rotate-keys.",
  ]);
}

async function roleFindings(db: Tx, { DATABASE_URL }: Env): Promise<Found[]> {
  const { hostname, password, username } = new URL(DATABASE_URL);
  const { isSuperuser, isEncrypted } = await databaseRole(db);
  const where = nearness(hostname);
  const mark = where === "far" ? unsafe : unwise;
  const word = decodeURIComponent(password);
  const isTrivial = word.length < 12 || word === username || new Set(word).size < 6;
  return [
    where !== "here" && !isEncrypted
      ? mark("database-tls", [
          `Связь с Postgres (${hostname}) не зашифрована.`,
          "По пути её можно прочесть и подменить.",
          "Допишите ?sslmode=verify-full к DATABASE_URL и включите TLS на сервере.",
        ])
      : null,
    isSuperuser
      ? mark("database-superuser", [
          "Офис ходит в Postgres суперпользователем.",
          "Тому не нужны права на чужие базы и файлы сервера.",
          "Заведите роль-владельца одной этой базы.",
        ])
      : null,
    where !== "here" && isTrivial
      ? unsafe("database-password", [
          "Пароль к Postgres простой или короткий.",
          "Его подберут по сети.",
          "Задайте случайный: openssl rand -hex 24.",
        ])
      : null,
  ];
}

async function jobsFinding(db: Tx, now: Date, { JOBS }: Env): Promise<Found> {
  if (JOBS === "off") return null;
  const jobs = await jobHealth(now, db);
  const late = jobs.filter((job) => job.late).map(({ job }) => job);
  if (jobs.length > 0 && late.length === 0) return null;
  const who = JOBS === "worker" ? "npm run worker" : "офис";
  return unsafe("worker", [
    late.length > 0 ? `Задания стоят: ${late.join(", ")}.` : "Задания ещё ни разу не запускались.",
    "Цены не обновляются, старое не удаляется.",
    `Запустите ${who} и посмотрите страницу «Работа».`,
  ]);
}

/** What only the database knows. Without its tables nothing else can be said. */
export async function databaseFindings(db: Tx, env: Env, now: Date): Promise<Finding[]> {
  const pending = await pendingMigrations(db);
  if (pending > 0)
    return [
      unsafe("migrations", [
        `Не применено миграций: ${pending}.`,
        "Код и база не подходят друг другу; остальное о базе не проверить.",
        "manage migrate",
      ]),
    ];
  const found = [
    await kaspiFinding(db),
    ...(await peopleFindings(db)),
    await keyFinding(db, env),
    ...(await roleFindings(db, env)),
    await jobsFinding(db, now, env),
  ];
  return found.filter((one) => one !== null);
}
