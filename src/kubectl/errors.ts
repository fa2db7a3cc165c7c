/**
 * How kubectl says that something went wrong: which words, on standard error, and with which exit code.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go (CheckErr, StandardErrorMessage, AddSourceToErr).
 * The API server's refusals are recognised by their shape, so that this room needs no class of the engine.
 */
import type { StatusDetails, StatusReason } from '../engine/api/status-error';

/** A refusal of the API server: StatusError, or one given more context by {@link withSource}. */
export interface Refusal extends Error {
  readonly reason: StatusReason;
  readonly code: number;
  readonly details: StatusDetails;
}

/** An error of kubectl itself. */
export class KubectlError extends Error {
  /** `bare`: printed without `error: `. `note`: one more line, in Kubestep's own name. `stdout`: what was printed before it failed. */
  constructor(
    message: string,
    readonly options: {
      readonly bare?: boolean;
      readonly note?: string;
      readonly code?: number;
      readonly stdout?: string;
      /** Whether the objects that a template was given are printed in full. */
      readonly dumps?: boolean;
    } = {},
  ) {
    super(message);
  }
}

/** Several errors of one command. */
export class ManyErrors extends Error {
  constructor(readonly errors: readonly Error[]) {
    const distinct = [...new Set(errors.map((error) => error.message))];
    super(distinct.length === 1 ? distinct[0] : `[${distinct.join(', ')}]`);
  }
}

/** True for a refusal of the API server, optionally with this reason. */
export function isRefusal(error: unknown, reason?: StatusReason): error is Refusal {
  if (!(error instanceof Error) || !('reason' in error) || !('details' in error)) return false;
  return reason === undefined || error.reason === reason;
}

/** Throws what was collected: nothing, the one error, or all of them together. */
export function throwAll(errors: readonly Error[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new ManyErrors(errors);
}

/** Lets errors of the command through and stops on anything else, which would be a bug of the simulator. */
export function asCommandError(error: unknown): Error {
  if (isRefusal(error) || error instanceof KubectlError || error instanceof ManyErrors) return error;
  throw error;
}

/** What an action gives, or what it throws. */
export function attempt<T>(action: () => T): T | Error {
  try {
    return action();
  } catch (error) {
    return asCommandError(error);
  }
}

/** Says what was being done to which file (`error when creating "STDIN": …`); a refusal stays a refusal. */
export function withSource(verb: string, source: string | undefined, error: Error): Error {
  if (!source) return error;
  const message = `error when ${verb} ${JSON.stringify(source)}: ${error.message}`;
  if (!isRefusal(error)) {
    return new KubectlError(message, error instanceof KubectlError ? { note: error.options.note } : {});
  }
  return Object.assign(new Error(message), { reason: error.reason, code: error.code, details: error.details });
}

/** A mistake in how a command was called, with the pointer to its help. */
export function usageError(path: string, message: string): KubectlError {
  return new KubectlError(`${message}\nSee 'kubectl ${path} -h' for help and examples`);
}

function standardMessage(error: Error): string {
  if (!isRefusal(error)) return error.message;
  return `Error from server${error.reason && ` (${error.reason})`}: ${error.message}`;
}

/** One wrong field stands in the sentence, several in a list; a newline follows whatever a message ends with. */
function invalidMessage(error: Refusal): string {
  const { kind, name, causes } = error.details;
  const subject =
    kind || name ? `The ${kind ?? ''} ${JSON.stringify(name ?? '')} is invalid` : 'The request is invalid';
  const lines = [...new Set((causes ?? []).map((cause) => `${cause.field ?? ''}: ${cause.message}`))];
  if (lines.length === 0) return `${subject}: ${error.message}`;
  if (lines.length === 1) return `${subject}: ${lines[0]}\n`;
  return `${subject}: \n${lines.map((line) => `* ${line}\n`).join('')}`;
}

function notesOf(error: Error): string[] {
  if (error instanceof ManyErrors) return error.errors.flatMap(notesOf);
  return error instanceof KubectlError && error.options.note ? [error.options.note] : [];
}

function mainText(error: Error): string {
  if (error instanceof ManyErrors) return error.errors.map((each) => `${standardMessage(each)}\n`).join('');
  if (isRefusal(error, 'Invalid')) return invalidMessage(error);
  if (isRefusal(error)) return standardMessage(error);
  const bare = error.message.startsWith('error: ') || (error instanceof KubectlError && error.options.bare);
  return bare ? error.message : `error: ${error.message}`;
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** What standard error gets and the exit code, for an error that ends a command. */
export function describeError(error: Error): { text: string; code: number } {
  const code = error instanceof KubectlError ? (error.options.code ?? 1) : 1;
  return { text: [mainText(error), ...new Set(notesOf(error))].map(ended).join(''), code };
}

/** An error as plain data, for commands that go on later. */
export interface PackedError {
  readonly message: string;
  readonly note?: string;
  readonly bare?: boolean;
  readonly code?: number;
  readonly many?: readonly PackedError[];
  readonly refusal?: { readonly reason: StatusReason; readonly code: number; readonly details: StatusDetails };
}

/** Makes plain data of an error. */
export function packError(error: Error): PackedError {
  if (isRefusal(error)) {
    const { message, reason, code, details } = error;
    return { message, refusal: { reason, code, details } };
  }
  if (error instanceof ManyErrors) return { message: error.message, many: error.errors.map(packError) };
  return { message: error.message, ...(error instanceof KubectlError ? error.options : {}) };
}

/** The error again. */
export function unpackError(packed: PackedError): Error {
  if (packed.many) return new ManyErrors(packed.many.map(unpackError));
  if (packed.refusal) return Object.assign(new Error(packed.message), packed.refusal);
  return new KubectlError(packed.message, { note: packed.note, bare: packed.bare, code: packed.code });
}
