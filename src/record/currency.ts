/** Money is counted in whole minor units of one currency, and currencies are never added together. */

/** ISO 4217 codes by how many decimals their minor unit has. */
const DECIMALS: Record<number, string> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
  2: 'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
};

const BY_CODE = new Map(
  Object.entries(DECIMALS).flatMap(([decimals, codes]) =>
    codes.split(' ').map((code): [string, number] => [code, Number(decimals)]),
  ),
);

export const isCurrency = (code: string): boolean => BY_CODE.has(code);

const SIGNS: Record<string, string> = { '€': 'EUR', $: 'USD', '£': 'GBP' };

/** An amount and its currency, as people write it: "1200 EUR", "EUR 1,200.50", "€ 1.200,50". Nothing where it is not both. */
export function moneyOf(text: string): { amount: number; currency: string } | undefined {
  const match = /^(?<before>[A-Za-z]{3}|[€$£])?\s*(?<figure>\d[\d.,' ]*)\s*(?<after>[A-Za-z]{3}|[€$£])?$/.exec(text.trim());
  const { before, after, figure = '' } = match?.groups ?? {};
  const sign = before ?? after;
  if (match === null || sign === undefined || (before !== undefined && after !== undefined)) return undefined;
  const currency = SIGNS[sign] ?? sign.toUpperCase();
  const amount = minorUnits(figure, currency);
  return amount === undefined ? undefined : { amount, currency };
}

/**
 * A figure in minor units of the currency. A lone separator before exactly three digits groups them; where the currency has three
 * decimals nobody can say which it is, and it is not read.
 */
export function minorUnits(figure: string, currency: string): number | undefined {
  const decimals = BY_CODE.get(currency);
  const plain = figure.trim().replace(/[' ]/g, '');
  if (decimals === undefined || (decimals === 3 && /^\d{1,3}[.,]\d{3}$/.test(plain))) return undefined;
  const grouped = /^(?<whole>\d{1,3}(?<mark>[.,])\d{3}(?:\k<mark>\d{3})*)(?:(?!\k<mark>)[.,](?<part>\d+))?$/.exec(plain);
  const { whole = '', part = '' } = (grouped ?? /^(?<whole>\d+)(?:[.,](?<part>\d+))?$/.exec(plain))?.groups ?? {};
  if (whole === '' || part.length > decimals) return undefined;
  const amount = Number(`${whole.replace(/\D/g, '')}${part.padEnd(decimals, '0')}`);
  return Number.isSafeInteger(amount) ? amount : undefined;
}

/** "1200.50 EUR": no grouping, so that a table can be read by a machine too. */
export const moneyWords = (amount: number, currency: string): string => `${majorUnits(amount, currency)} ${currency}`;

/** The same without the currency. */
export function majorUnits(amount: number, currency: string): string {
  const decimals = BY_CODE.get(currency) ?? 2;
  const digits = String(amount).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
