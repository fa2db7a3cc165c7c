/**
 * Prints what the API server warns of, each text once per command.
 * Follows client-go/rest/warnings.go (NewWarningWriter with Deduplicate), as kubectl sets it up.
 */

/** Writes warnings, and says how many different ones a command has had so far. */
export interface WarningWriter {
  readonly write: (text: string) => void;
  readonly count: () => number;
}

/** What a line of standard error is when it is a warning of the server's. */
const line = (text: string): string => `Warning: ${text}\n`;

/** A writer to standard error, which is all that it remembers by, so that a waiting command goes on where it was. */
export function warningWriter(output: { stderr: string }): WarningWriter {
  const written = (): string[] => output.stderr.match(/^Warning: .*\n/gm) ?? [];
  return {
    write: (text) => {
      if (!written().includes(line(text))) output.stderr += line(text);
    },
    count: () => written().length,
  };
}
