/** Runbooks that a new one may start from. */
export type Templates = {
  list(): { id: string; title: string }[];
  source(id: string): { source: string } | undefined;
};

export const NO_TEMPLATES: Templates = { list: () => [], source: () => undefined };
