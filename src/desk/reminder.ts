/** A rung of something with a time, which has passed and is told once; `at` is ISO 8601. */
export type Reminder = { of: string; rung: string; at: string; text: string };
