/** Where a command line reads and writes: this process's descriptors, or what a test puts in their place. */
import { fstatSync, readFileSync, writeSync } from 'node:fs';

/** What a command line reads and writes. */
export interface Streams {
  /** Standard output. */
  out(text: string): void;
  /** Standard error. */
  err(text: string): void;
  /** All of standard input. */
  input(): string;
  /** Whether it is a terminal, where a person would have to type it, or nothing at all. */
  isTerminal?(): boolean;
}

/** Input or output that failed; `code` is the exit code. */
export class StreamError extends Error {
  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
  }
}

const CHUNK = 65_536;
const RETRY_MS = 5;

const sleep = (ms: number): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Writes to a descriptor, also to a slow pipe; once its reader is gone (`| head`), nothing more is written. */
function writerOf(descriptor: 1 | 2): (text: string) => void {
  let closed = false;
  return (text) => {
    const bytes = Buffer.from(text);
    for (let offset = 0; offset < bytes.length && !closed; ) {
      try {
        offset += writeSync(descriptor, bytes, offset, Math.min(CHUNK, bytes.length - offset));
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EAGAIN') sleep(RETRY_MS);
        else if (code === 'EPIPE') closed = true;
        else throw new StreamError(`cannot write: ${(error as Error).message}`, 1);
      }
    }
  };
}

function isCharacterDevice(): boolean {
  try {
    return fstatSync(0).isCharacterDevice();
  } catch {
    return true;
  }
}

/** Those of this process. */
export const PROCESS_STREAMS: Streams = {
  out: writerOf(1),
  err: writerOf(2),
  input: () => readFileSync(0, 'utf8'),
  isTerminal: isCharacterDevice,
};
