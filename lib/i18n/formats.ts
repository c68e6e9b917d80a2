/** `{floor, number, money}` in a message: whole tenge with the narrow symbol. */
export const formats = {
  number: {
    money: {
      style: "currency",
      currency: "KZT",
      currencyDisplay: "narrowSymbol",
      maximumFractionDigits: 0,
    },
  },
} as const;
