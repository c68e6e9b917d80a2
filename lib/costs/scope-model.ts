// No schema in here: forms in the browser need these lists.

/** Within the city, across the country, or within hours. */
export const deliveryScopes = ["city", "country", "express"] as const;

/** `none`: Kaspi does not deliver it, so there is no tariff to pay. */
export const deliveryChoices = [...deliveryScopes, "none"] as const;
