/** What somebody wants with a working table. `cells` is a JSON object of column to value; without `row` it goes to the row of that name. */
export type TableCommand =
  | {
      do: 'writeRow';
      step: string;
      table: string;
      row?: string;
      cells: string;
      /** Preconditions of this row that are ticked with it, by their index in the step. */
      met?: number[];
      /** Why the row is done before its precondition. */
      override?: string;
    }
  /** Many rows at once, all or none. */
  | { do: 'writeRows'; step: string; table: string; rows: string[]; override?: string };
