/** The record does not verify. It becomes read-only and shouts; no other record stops. */
export class RecordAlarm extends Error {
  override name = 'RecordAlarm';
  readonly record: string;

  constructor(record: string, what: string, options?: ErrorOptions) {
    super(
      `ALARM: the record ${record} does not verify: ${what}. It is read-only until somebody has looked at it. Nothing was recorded.`,
      options,
    );
    this.record = record;
  }
}
