/** What programs print. */
import type { LogStream } from '../container-log';

/** A piece of output. */
export interface Output {
  readonly stream: LogStream;
  readonly text: string;
}
