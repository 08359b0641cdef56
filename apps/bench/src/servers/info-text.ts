/** What a server answers to INFO. */
export class InfoText {
  constructor(private readonly text: string) {}

  /** A field's text; undefined when the server has none of the name. */
  field(name: string): string | undefined {
    return new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(this.text)?.[1];
  }

  /** A field as a number; NaN when the server has none of the name. */
  number(name: string): number {
    return Number(this.field(name) ?? Number.NaN);
  }

  /**
   * How often a command was called and did not fail, by the section `commandstats`; subcommands count as their command.
   *
   * @param command in lower case.
   */
  successfulCalls(command: string): number {
    const rows = this.text.matchAll(
      /^cmdstat_([^|:\r\n]+)(?:\|[^:]*)?:calls=(\d+),.*rejected_calls=(\d+),failed_calls=(\d+)/gm,
    );
    // A call that was rejected was not counted as one; a call that failed was.
    return [...rows]
      .filter(([, name]) => name === command)
      .reduce((sum, [, , calls, , failed]) => sum + Number(calls) - Number(failed), 0);
  }
}
