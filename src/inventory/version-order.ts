/** Negative, zero or positive as `a` stands to `b`; undefined where one of them is no version of that ecosystem. */
export type Order = (a: string, b: string) => number | undefined;
