import { findRuleSources, findSellers, nameSellers, ruleOfProduct } from "./actions";

/** What a form of a rule asks the server for. */
export const sellerSource = { find: findSellers, name: nameSellers };
export const ruleSources = { find: findRuleSources, read: ruleOfProduct, sellers: sellerSource };
