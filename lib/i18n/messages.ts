import type { Locale } from "./locales";
import enApi from "./messages/en/api.json";
import enApprovals from "./messages/en/approvals.json";
import enAudit from "./messages/en/audit.json";
import enAuth from "./messages/en/auth.json";
import enBot from "./messages/en/bot.json";
import enCalculator from "./messages/en/calculator.json";
import enCities from "./messages/en/cities.json";
import enCommon from "./messages/en/common.json";
import enCosts from "./messages/en/costs.json";
import enDiagnose from "./messages/en/diagnose.json";
import enErrors from "./messages/en/errors.json";
import enKeys from "./messages/en/keys.json";
import enLedger from "./messages/en/ledger.json";
import enLetters from "./messages/en/letters.json";
import enList from "./messages/en/list.json";
import enMail from "./messages/en/mail.json";
import enMailings from "./messages/en/mailings.json";
import enNotices from "./messages/en/notices.json";
import enOfficial from "./messages/en/official.json";
import enOrders from "./messages/en/orders.json";
import enOverview from "./messages/en/overview.json";
import enOwnStores from "./messages/en/own-stores.json";
import enPeople from "./messages/en/people.json";
import enPermissions from "./messages/en/permissions.json";
import enPreorders from "./messages/en/preorders.json";
import enPriceList from "./messages/en/price-list.json";
import enProducts from "./messages/en/products.json";
import enReasons from "./messages/en/reasons.json";
import enRecipients from "./messages/en/recipients.json";
import enReviews from "./messages/en/reviews.json";
import enRivals from "./messages/en/rivals.json";
import enRule from "./messages/en/rule.json";
import enRuns from "./messages/en/runs.json";
import enSales from "./messages/en/sales.json";
import enSettings from "./messages/en/settings.json";
import enStatus from "./messages/en/status.json";
import enStores from "./messages/en/stores.json";
import enTables from "./messages/en/tables.json";
import enTasks from "./messages/en/tasks.json";
import enTelling from "./messages/en/telling.json";
import enUnavailable from "./messages/en/unavailable.json";
import enWars from "./messages/en/wars.json";
import enWebhooks from "./messages/en/webhooks.json";
import kkApi from "./messages/kk/api.json";
import kkApprovals from "./messages/kk/approvals.json";
import kkAudit from "./messages/kk/audit.json";
import kkAuth from "./messages/kk/auth.json";
import kkBot from "./messages/kk/bot.json";
import kkCalculator from "./messages/kk/calculator.json";
import kkCities from "./messages/kk/cities.json";
import kkCommon from "./messages/kk/common.json";
import kkCosts from "./messages/kk/costs.json";
import kkDiagnose from "./messages/kk/diagnose.json";
import kkErrors from "./messages/kk/errors.json";
import kkKeys from "./messages/kk/keys.json";
import kkLedger from "./messages/kk/ledger.json";
import kkLetters from "./messages/kk/letters.json";
import kkList from "./messages/kk/list.json";
import kkMail from "./messages/kk/mail.json";
import kkMailings from "./messages/kk/mailings.json";
import kkNotices from "./messages/kk/notices.json";
import kkOfficial from "./messages/kk/official.json";
import kkOrders from "./messages/kk/orders.json";
import kkOverview from "./messages/kk/overview.json";
import kkOwnStores from "./messages/kk/own-stores.json";
import kkPeople from "./messages/kk/people.json";
import kkPermissions from "./messages/kk/permissions.json";
import kkPreorders from "./messages/kk/preorders.json";
import kkPriceList from "./messages/kk/price-list.json";
import kkProducts from "./messages/kk/products.json";
import kkReasons from "./messages/kk/reasons.json";
import kkRecipients from "./messages/kk/recipients.json";
import kkReviews from "./messages/kk/reviews.json";
import kkRivals from "./messages/kk/rivals.json";
import kkRule from "./messages/kk/rule.json";
import kkRuns from "./messages/kk/runs.json";
import kkSales from "./messages/kk/sales.json";
import kkSettings from "./messages/kk/settings.json";
import kkStatus from "./messages/kk/status.json";
import kkStores from "./messages/kk/stores.json";
import kkTables from "./messages/kk/tables.json";
import kkTasks from "./messages/kk/tasks.json";
import kkTelling from "./messages/kk/telling.json";
import kkUnavailable from "./messages/kk/unavailable.json";
import kkWars from "./messages/kk/wars.json";
import kkWebhooks from "./messages/kk/webhooks.json";
import ruApi from "./messages/ru/api.json";
import ruApprovals from "./messages/ru/approvals.json";
import ruAudit from "./messages/ru/audit.json";
import ruAuth from "./messages/ru/auth.json";
import ruBot from "./messages/ru/bot.json";
import ruCalculator from "./messages/ru/calculator.json";
import ruCities from "./messages/ru/cities.json";
import ruCommon from "./messages/ru/common.json";
import ruCosts from "./messages/ru/costs.json";
import ruDiagnose from "./messages/ru/diagnose.json";
import ruErrors from "./messages/ru/errors.json";
import ruKeys from "./messages/ru/keys.json";
import ruLedger from "./messages/ru/ledger.json";
import ruLetters from "./messages/ru/letters.json";
import ruList from "./messages/ru/list.json";
import ruMail from "./messages/ru/mail.json";
import ruMailings from "./messages/ru/mailings.json";
import ruNotices from "./messages/ru/notices.json";
import ruOfficial from "./messages/ru/official.json";
import ruOrders from "./messages/ru/orders.json";
import ruOverview from "./messages/ru/overview.json";
import ruOwnStores from "./messages/ru/own-stores.json";
import ruPeople from "./messages/ru/people.json";
import ruPermissions from "./messages/ru/permissions.json";
import ruPreorders from "./messages/ru/preorders.json";
import ruPriceList from "./messages/ru/price-list.json";
import ruProducts from "./messages/ru/products.json";
import ruReasons from "./messages/ru/reasons.json";
import ruRecipients from "./messages/ru/recipients.json";
import ruReviews from "./messages/ru/reviews.json";
import ruRivals from "./messages/ru/rivals.json";
import ruRule from "./messages/ru/rule.json";
import ruRuns from "./messages/ru/runs.json";
import ruSales from "./messages/ru/sales.json";
import ruSettings from "./messages/ru/settings.json";
import ruStatus from "./messages/ru/status.json";
import ruStores from "./messages/ru/stores.json";
import ruTables from "./messages/ru/tables.json";
import ruTasks from "./messages/ru/tasks.json";
import ruTelling from "./messages/ru/telling.json";
import ruUnavailable from "./messages/ru/unavailable.json";
import ruWars from "./messages/ru/wars.json";
import ruWebhooks from "./messages/ru/webhooks.json";

const ru = {
  api: ruApi,
  approvals: ruApprovals,
  audit: ruAudit,
  auth: ruAuth,
  bot: ruBot,
  calculator: ruCalculator,
  cities: ruCities,
  common: ruCommon,
  costs: ruCosts,
  diagnose: ruDiagnose,
  errors: ruErrors,
  keys: ruKeys,
  ledger: ruLedger,
  letters: ruLetters,
  list: ruList,
  mail: ruMail,
  notices: ruNotices,
  official: ruOfficial,
  overview: ruOverview,
  orders: ruOrders,
  ownStores: ruOwnStores,
  people: ruPeople,
  permissions: ruPermissions,
  priceList: ruPriceList,
  preorders: ruPreorders,
  products: ruProducts,
  reasons: ruReasons,
  recipients: ruRecipients,
  reviews: ruReviews,
  rivals: ruRivals,
  rule: ruRule,
  runs: ruRuns,
  sales: ruSales,
  settings: ruSettings,
  status: ruStatus,
  stores: ruStores,
  tables: ruTables,
  mailings: ruMailings,
  tasks: ruTasks,
  telling: ruTelling,
  unavailable: ruUnavailable,
  wars: ruWars,
  webhooks: ruWebhooks,
};

/** Russian is the source; the other languages have the same shape (tests/i18n checks it). */
export type Messages = typeof ru;

export const messages: Record<Locale, Messages> = {
  ru,
  kk: {
    api: kkApi,
    approvals: kkApprovals,
    audit: kkAudit,
    auth: kkAuth,
    bot: kkBot,
    calculator: kkCalculator,
    cities: kkCities,
    common: kkCommon,
    costs: kkCosts,
    diagnose: kkDiagnose,
    errors: kkErrors,
    keys: kkKeys,
    ledger: kkLedger,
    letters: kkLetters,
    list: kkList,
    mail: kkMail,
    notices: kkNotices,
    official: kkOfficial,
    overview: kkOverview,
    orders: kkOrders,
    ownStores: kkOwnStores,
    people: kkPeople,
    permissions: kkPermissions,
    priceList: kkPriceList,
    preorders: kkPreorders,
    products: kkProducts,
    reasons: kkReasons,
    recipients: kkRecipients,
    reviews: kkReviews,
    rivals: kkRivals,
    rule: kkRule,
    runs: kkRuns,
    sales: kkSales,
    settings: kkSettings,
    status: kkStatus,
    stores: kkStores,
    tables: kkTables,
    mailings: kkMailings,
    tasks: kkTasks,
    telling: kkTelling,
    unavailable: kkUnavailable,
    wars: kkWars,
    webhooks: kkWebhooks,
  },
  en: {
    api: enApi,
    approvals: enApprovals,
    audit: enAudit,
    auth: enAuth,
    bot: enBot,
    calculator: enCalculator,
    cities: enCities,
    common: enCommon,
    costs: enCosts,
    diagnose: enDiagnose,
    errors: enErrors,
    keys: enKeys,
    ledger: enLedger,
    letters: enLetters,
    list: enList,
    mail: enMail,
    notices: enNotices,
    official: enOfficial,
    overview: enOverview,
    orders: enOrders,
    ownStores: enOwnStores,
    people: enPeople,
    permissions: enPermissions,
    priceList: enPriceList,
    preorders: enPreorders,
    products: enProducts,
    reasons: enReasons,
    recipients: enRecipients,
    reviews: enReviews,
    rivals: enRivals,
    rule: enRule,
    runs: enRuns,
    sales: enSales,
    settings: enSettings,
    status: enStatus,
    stores: enStores,
    tables: enTables,
    mailings: enMailings,
    tasks: enTasks,
    telling: enTelling,
    unavailable: enUnavailable,
    wars: enWars,
    webhooks: enWebhooks,
  },
};
