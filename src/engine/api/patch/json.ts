/**
 * JSON Patch, RFC 6902, with the liberties of the library that the API server uses: negative indexes count from the end,
 * and a test for null is passed by a member that is not there.
 * Follows evanphx/json-patch (v4) and apiserver/pkg/endpoints/handlers/patch.go, which hides the library's error texts.
 */
import { jsonKindOf } from '../decode-scalar';
import { deepEqual } from '../plain';
import { badRequest, StatusError } from '../status-error';
import type { JsonPatchOperation } from './patch';

type Fields = Readonly<Record<string, unknown>>;
/** What a container becomes; undefined takes the location out. */
type Change = (current: unknown, exists: boolean) => { value: unknown } | undefined;

const MAX_OPERATIONS = 10_000;

/** Says that a patch can't be applied; the API server tells no more than this. */
function refused(): StatusError {
  return new StatusError('Invalid', 422, 'the server rejected our request due to an error in our request');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Applies the operations in order; any failure refuses the whole patch (422), and a body that is no list of operations too (400). */
export function applyJsonPatch(document: unknown, operations: readonly JsonPatchOperation[]): unknown {
  refuseUndecodable(operations);
  if (operations.length > MAX_OPERATIONS) {
    const message = `Request entity is too large: The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${operations.length}`;
    throw new StatusError('BadRequest', 413, message);
  }
  let result = document;
  for (const operation of operations) result = applyOperation(result, operation);
  return result;
}

/** What decoding into Go's `[]jsonPatchOp` says of the first thing that does not fit. */
function refuseUndecodable(body: unknown): void {
  if (!Array.isArray(body)) throw undecodable(`${jsonKindOf(body)} into Go value of type []handlers.jsonPatchOp`);
  for (const operation of body as readonly unknown[]) {
    if (!isFields(operation)) throw undecodable(`${jsonKindOf(operation)} into Go value of type handlers.jsonPatchOp`);
    for (const field of ['op', 'path', 'from']) {
      const value = operation[field] ?? '';
      if (typeof value === 'string') continue;
      throw undecodable(`${jsonKindOf(value)} into Go struct field jsonPatchOp.${field} of type string`);
    }
  }
}

function undecodable(what: string): StatusError {
  return badRequest(`error decoding patch: json: cannot unmarshal ${what}`);
}

function applyOperation(document: unknown, operation: JsonPatchOperation): unknown {
  const { op, value = null } = operation;
  const path = tokensOf(operation.path);
  switch (op) {
    case 'add':
      return insert(document, path, value);
    case 'remove':
      return change(
        document,
        path,
        required(() => undefined),
      );
    case 'replace':
      return change(
        document,
        path,
        required(() => ({ value })),
      );
    case 'test':
      if (!deepEqual(read(document, path) ?? null, value)) throw refused();
      return document;
    case 'copy':
      return insert(document, path, existing(document, tokensOf(operation.from)));
    case 'move': {
      const from = tokensOf(operation.from);
      const moved = existing(document, from);
      return insert(
        change(
          document,
          from,
          required(() => undefined),
        ),
        path,
        moved,
      );
    }
    default:
      throw refused();
  }
}

/** The reference tokens of a JSON pointer. */
function tokensOf(pointer: string | undefined): readonly string[] {
  if (pointer === '') return [];
  if (!pointer?.startsWith('/')) throw refused();
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function indexOf(token: string, length: number): number {
  if (!/^-?\d+$/.test(token)) throw refused();
  const index = Number(token);
  return index < 0 ? index + length : index;
}

function child(container: unknown, token: string): unknown {
  if (Array.isArray(container)) {
    const index = indexOf(token, container.length);
    return index >= 0 && index < container.length ? container[index] : undefined;
  }
  if (isFields(container)) return Object.hasOwn(container, token) ? container[token] : undefined;
  throw refused();
}

function read(document: unknown, path: readonly string[]): unknown {
  let current = document;
  for (const token of path) current = child(current, token);
  return current;
}

function existing(document: unknown, path: readonly string[]): unknown {
  const value = read(document, path);
  if (value === undefined) throw refused();
  return value;
}

function required(then: () => { value: unknown } | undefined): Change {
  return (_current, exists) => {
    if (!exists) throw refused();
    return then();
  };
}

function insert(document: unknown, path: readonly string[], value: unknown): unknown {
  const parent = path.slice(0, -1);
  const last = path[path.length - 1];
  if (last === undefined) return value;
  const container = existing(document, parent);
  if (!Array.isArray(container)) return change(document, path, () => ({ value }));
  const index = last === '-' ? container.length : indexInto(container, last);
  return change(document, parent, () => ({ value: container.toSpliced(index, 0, value) }));
}

/** Where an element may be inserted: one past the end is allowed, and -1 means there. */
function indexInto(container: readonly unknown[], token: string): number {
  if (!/^-?\d+$/.test(token)) throw refused();
  const index = Number(token) < 0 ? Number(token) + container.length + 1 : Number(token);
  if (index < 0 || index > container.length) throw refused();
  return index;
}

/** Rebuilds the way from the root to `path`, with `then` deciding what stands at its end. */
function change(document: unknown, path: readonly string[], then: Change): unknown {
  const [token, ...rest] = path;
  if (token === undefined) {
    const next = then(document, true);
    if (!next) throw refused();
    return next.value;
  }
  const current = child(document, token);
  const exists = current !== undefined;
  if (rest.length > 0 && !exists) throw refused();
  const next = rest.length > 0 ? { value: change(current, rest, then) } : then(current, exists);
  if (Array.isArray(document)) {
    const index = indexOf(token, document.length);
    return next ? document.with(index, next.value) : document.toSpliced(index, 1);
  }
  const copy: Record<string, unknown> = { ...(document as Fields) };
  if (next) copy[token] = next.value;
  else delete copy[token];
  return copy;
}
