/** The reply of a server to INFO. */
export class InfoText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text of a field; undefined when there is no such field. */
  field(name: string): string | undefined {
    return new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(this.#text)?.[1];
  }

  /** A field as a number; NaN when there is no such field. */
  number(name: string): number {
    return Number(this.field(name) ?? Number.NaN);
  }

  /**
   * How many calls of a command have not failed, by the section `commandstats`. Calls of subcommands count for their command.
   *
   * @param command in lower case.
   */
  successfulCalls(command: string): number {
    const rows = this.#text.matchAll(
      /^cmdstat_([^|:\r\n]+)(?:\|[^:]*)?:calls=(\d+),.*rejected_calls=(\d+),failed_calls=(\d+)/gm,
    );
    // `calls` includes the calls that failed, but not those that were rejected.
    return [...rows]
      .filter(([, name]) => name === command)
      .reduce((sum, [, , calls, , failed]) => sum + Number(calls) - Number(failed), 0);
  }
}
