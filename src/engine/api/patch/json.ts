/**
 * JSON Patch, RFC 6902, with the liberties of the library that the API server uses: negative indexes count from the end, replacing a member
 * that is not there adds it, copying one gives null, and a test for null is passed by it.
 * Follows gopkg.in/evanphx/json-patch.v4 (patch.go) and apiserver/pkg/endpoints/handlers/patch.go, which hides the library's error texts.
 */
import { jsonKindOf } from '../decode-scalar';
import { clonePlain, deepEqual, putIn } from '../plain';
import { badRequest, StatusError } from '../status-error';

/** One operation as it is read: anything may be wrong with it. */
type Operation = Readonly<Record<string, unknown>>;
type Fields = Record<string, unknown>;
/** What an operation works in: a map or list, and the name of a member. */
interface Location {
  readonly container: Fields | unknown[];
  readonly key: string;
}

const MAX_OPERATIONS = 10_000;
const KNOWN: ReadonlySet<string> = new Set(['op', 'path', 'from', 'value']);

/** Says that a patch can't be applied; the API server tells no more than this, kubectl by itself the library's text: the cause. */
function refused(cause: string): StatusError {
  const error = new StatusError('Invalid', 422, 'the server rejected our request due to an error in our request');
  error.cause = cause;
  return error;
}

/** What is wrong at the place that a pointer leads to. */
interface Words {
  /** The place is not there. */
  readonly missing: string;
  /** Stands before what is wrong with its member. */
  readonly wrong: string;
}

/** The same for what lies before that place, where nothing else is said. */
type OnTheWay = Pick<Words, 'missing'> & Partial<Words>;

function wordsOf(op: string, path: unknown): Words {
  const shown = op === 'add' || op === 'remove' ? `"${path}"` : String(path);
  return {
    missing: `${op} operation does not apply: ${op === 'test' ? '' : 'doc '}is missing path: ${shown}: missing value`,
    wrong: `error in ${op} for path: '${path}': `,
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Applies the operations in order; any failure refuses the whole patch (422), and a body that is no list of operations too (400). */
export function applyJsonPatch(document: unknown, body: unknown): unknown {
  const operations = readOperations(body);
  if (operations.length > MAX_OPERATIONS) {
    const message = `Request entity is too large: The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${operations.length}`;
    throw new StatusError('BadRequest', 413, message);
  }
  let root = clonePlain(document);
  for (const operation of operations) root = applyOperation(root, operation);
  return root;
}

/** What the server warns of in a patch that it applies: members of operations that mean nothing. */
export function jsonPatchWarnings(body: unknown): string[] {
  return readOperations(body).flatMap((operation, index) =>
    Object.keys(operation)
      .filter((key) => !KNOWN.has(key))
      .sort()
      .map((key) => `json patch unknown field ${JSON.stringify(`[${index}].${key}`)}`),
  );
}

/** What decoding into Go's `[]jsonPatchOp` says of the first thing that does not fit. */
function readOperations(body: unknown): readonly Operation[] {
  if (body === null) return [];
  if (!Array.isArray(body)) throw undecodable(`${jsonKindOf(body)} into Go value of type []handlers.jsonPatchOp`);
  return body.map((operation: unknown) => {
    if (operation === null) return {};
    if (!isFields(operation)) throw undecodable(`${jsonKindOf(operation)} into Go value of type handlers.jsonPatchOp`);
    for (const field of ['op', 'path', 'from']) {
      const value = operation[field] ?? '';
      if (typeof value === 'string') continue;
      throw undecodable(`${jsonKindOf(value)} into Go struct field jsonPatchOp.${field} of type string`);
    }
    return operation;
  });
}

function undecodable(what: string): StatusError {
  return badRequest(`error decoding patch: json: cannot unmarshal ${what}`);
}

function applyOperation(root: unknown, operation: Operation): unknown {
  const { op, path, from } = operation;
  const value = Object.hasOwn(operation, 'value') ? clonePlain(operation.value) : null;
  const words = wordsOf(String(op), path);
  const fromWords = {
    missing: `${op} operation does not apply: doc is missing from path: ${from}: missing value`,
    wrong:
      op === 'copy'
        ? `error in copy for from: '${from}': `
        : `error in move for path: '${String(from).split('/').at(-1)}': `,
  };
  switch (op) {
    case 'add':
      insert(locate(root, path, words), value, words);
      return root;
    case 'remove':
      take(locate(root, path, words), words);
      return root;
    case 'replace':
      return replace(root, path, value);
    case 'test':
      test(root, path, value);
      return root;
    case 'copy':
      insert(locate(root, path, words), clonePlain(read(locate(root, from, fromWords), fromWords)), words);
      return root;
    case 'move':
      insert(locate(root, path, words), take(locate(root, from, fromWords), fromWords), words);
      return root;
    default:
      throw refused(`Unexpected kind: ${op ?? 'unknown'}`);
  }
}

function replace(root: unknown, path: unknown, value: unknown): unknown {
  if (path === '') {
    if (typeof value !== 'object' || value === null) throw refused('replace operation value must be object or array');
    return value;
  }
  const words = wordsOf('replace', path);
  const location = locate(root, path, words);
  read(location, { missing: `replace operation does not apply: doc is missing key: ${path}: missing value` });
  if (Array.isArray(location.container))
    location.container[indexOf(location.key, location.container.length, words)] = value;
  else putIn(location.container, location.key, value);
  return root;
}

function test(root: unknown, path: unknown, value: unknown): void {
  const words = wordsOf('test', path);
  const found = path === '' ? root : read(locate(root, path, words), words);
  if (!deepEqual(found ?? null, value)) throw refused(`testing value ${path} failed: test failed`);
}

/** The container that a JSON pointer leads into, and the member it names there. */
function locate(root: unknown, pointer: unknown, words: Words): Location {
  if (typeof pointer !== 'string') throw refused(words.missing);
  const [, ...tokens] = pointer.split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const key = tokens.pop();
  if (key === undefined) throw refused(words.missing);
  const onTheWay = { missing: words.missing };
  let container = root;
  for (const token of tokens) container = read({ container: asContainer(container, words), key: token }, onTheWay);
  return { container: asContainer(container, words), key };
}

function asContainer(value: unknown, { missing }: Words): Fields | unknown[] {
  if (isFields(value) || Array.isArray(value)) return value;
  throw refused(missing);
}

function read({ container, key }: Location, words: OnTheWay): unknown {
  if (Array.isArray(container)) return container[indexOf(key, container.length, words)];
  return Object.hasOwn(container, key) ? container[key] : undefined;
}

/** The index of an element that is there. */
function indexOf(token: string, length: number, { missing, wrong }: OnTheWay): number {
  const failing = (why: string) => refused(wrong === undefined ? missing : wrong + why);
  if (!/^[+-]?\d+$/.test(token)) throw failing(`strconv.Atoi: parsing ${JSON.stringify(token)}: invalid syntax`);
  const index = Number(token) < 0 ? Number(token) + length : Number(token);
  if (index < 0 || index >= length) throw failing(`Unable to access invalid index: ${token}: invalid index referenced`);
  return index;
}

function insert({ container, key }: Location, value: unknown, words: Words): void {
  if (!Array.isArray(container)) putIn(container, key, value ?? null);
  else if (key === '-') container.push(value);
  else container.splice(indexOf(key, container.length + 1, words), 0, value);
}

function take({ container, key }: Location, words: Words): unknown {
  if (Array.isArray(container)) return container.splice(indexOf(key, container.length, words), 1)[0];
  if (!Object.hasOwn(container, key))
    throw refused(`${words.wrong}Unable to remove nonexistent key: ${key}: missing value`);
  const value = container[key];
  delete container[key];
  return value;
}
