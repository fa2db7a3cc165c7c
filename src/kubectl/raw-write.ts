/**
 * `--raw` of commands that write: POST, PUT and DELETE of a path, with the server's answer as it comes. Follows kubectl/pkg/rawhttp/raw.go
 * and apiserver/pkg/endpoints/handlers/{create,update,delete}.go. Left out: collections, other options than dryRun and fieldValidation.
 */
import { readJson } from '../engine/api/json-text';
import { CREATED_PARTS, type SubresourceName } from '../engine/api/kinds/definition';
import { invalid } from '../engine/api/status-error';
import type { WriteOptions } from '../engine/client/client';
import type { Call } from './command';
import { KubectlError } from './errors';
import { inTypeOrder } from './output/typed-json';
import { type Place, placeOf, refuseBadUri } from './raw';
import { badRequest, methodNotAllowed, notFound } from './refusals';

const EVICTION = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/eviction\/?$/;

function bodyOf(call: Call): string {
  const [file = ''] = call.flags.list('filename');
  if (file === '-') return call.process.stdin ?? '';
  const text = call.io.files.read(file);
  if (text === undefined) throw new KubectlError(`open ${file}: no such file or directory`);
  return text;
}

function hex(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a body says, whatever it is. Throws as the server refuses what is no JSON. */
function valueIn(body: string, { info }: Place): unknown {
  const { value, error } = readJson(body);
  if (error === undefined) return value;
  const shown = body.startsWith('{') ? body.slice(0, 30) : hex(body.slice(0, 30));
  const rest = body.length > 30 ? ' ...' : '';
  const why = `couldn't get version/kind; json parse error: ${error}`;
  throw badRequest(`the object provided is unrecognized (must be of type ${info.kind}): ${why} (${shown}${rest})`);
}

function answered(call: Call, value: object, type = ''): void {
  call.out(`${JSON.stringify(inTypeOrder(value, type))}\n`);
}

function deleted(call: Call, { info, id, namespace, name = '' }: Place, options: Options): void {
  const left = call.io.client.delete(id, namespace, name, { dryRun: options.dryRun });
  const stays = options.dryRun ? left.metadata.deletionTimestamp : call.io.client.find(id, namespace, name);
  if (stays) {
    answered(call, left, info.kind);
    return;
  }
  const details = {
    name,
    ...(info.group === '' ? {} : { group: info.group }),
    kind: info.plural,
    uid: left.metadata.uid,
  };
  call.out(`${JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details })}\n`);
}

/** What cannot be asked for beside `--raw`, in kubectl's order. */
const ALONE: Readonly<Record<'POST' | 'PUT' | 'DELETE', readonly (readonly [flag: string, said: string])[]>> = {
  POST: [
    ['edit', '--edit'],
    ['filename', ''],
    ['recursive', '--recursive'],
    ['selector', '--selector (-l)'],
    ['output', '--output'],
  ],
  PUT: [
    ['filename', ''],
    ['recursive', '--recursive'],
    ['output', '--output'],
  ],
  DELETE: [
    ['filename', ''],
    ['recursive', '--recursive'],
    ['output', '--output'],
  ],
};

function validate(call: Call, verb: keyof typeof ALONE): void {
  const files = call.flags.list('filename');
  for (const [name, said] of ALONE[verb]) {
    if (name === 'filename') {
      const isOne = files.length === 1 || (verb === 'DELETE' && files.length === 0);
      if (!isOne) throw new KubectlError('--raw can only use a single local file or stdin');
      if (/^https?:/.test(files[0] ?? '')) throw new KubectlError('--raw cannot read from a url');
    } else if (call.flags.given(name)) throw new KubectlError(`--raw and ${said} are mutually exclusive`);
  }
  refuseBadUri(call.flags.text('raw'));
}

type Options = Pick<WriteOptions, 'dryRun' | 'fieldValidation'>;

const OPTIONS = { POST: 'CreateOptions', PUT: 'UpdateOptions', DELETE: 'DeleteOptions' } as const;

const FIELD_VALIDATIONS = ['', 'Ignore', 'Strict', 'Warn'] as const;

const quoted = (values: readonly string[]): string => values.map((value) => JSON.stringify(value)).join(', ');

/** The options that a query says. Throws as the server refuses values that it does not know. */
function optionsIn(query: string, verb: keyof typeof OPTIONS): Options {
  const parameters = new URLSearchParams(query);
  const asked = parameters.getAll('dryRun');
  const validation = (verb !== 'DELETE' && parameters.get('fieldValidation')) || '';
  const fieldValidation = FIELD_VALIDATIONS.find((one) => one === validation);
  const unknown = (field: string, value: unknown, supported: readonly string[]) => ({
    type: 'FieldValueNotSupported' as const,
    field,
    message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${quoted(supported)}`,
  });
  const errors = asked.every((value) => value === 'All') ? [] : [unknown('dryRun', asked, ['All'])];
  if (fieldValidation === undefined) errors.push(unknown('fieldValidation', validation, FIELD_VALIDATIONS));
  if (errors.length > 0) throw invalid('meta.k8s.io', OPTIONS[verb], '', errors);
  return { ...(asked.length > 0 ? { dryRun: true } : {}), ...(fieldValidation ? { fieldValidation } : {}) };
}

/** Throws for a verb that a path does not have. */
function refuseMethod(verb: keyof typeof OPTIONS, { info, namespace, name }: Place): void {
  const ofAll = info.namespaced && namespace === undefined;
  if (verb === 'DELETE' && name === undefined && !ofAll)
    throw new KubectlError('kubestep: delete --raw deletes one object here, not a collection', { bare: true });
  if (!ofAll && (name === undefined) === (verb === 'POST')) return;
  throw methodNotAllowed('the server does not allow this method on the requested resource');
}

/** The answer to what has no object of its own. */
const DONE = '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":201}\n';

/** Parts of objects that are kinds of their own. */
const TYPES: { readonly [part in SubresourceName]?: string } = { scale: 'Scale', token: 'TokenRequest' };

/** Parts that are only read. */
const READ: readonly SubresourceName[] = ['log', 'exec', 'attach', 'portforward'];

/** The part of an object that is written. Throws for one that there is not, and for a verb that it does not have. */
function partOf(verb: keyof typeof OPTIONS, { info, part }: Place): SubresourceName | undefined {
  if (part === undefined) return undefined;
  const found = info.subresources.find((one) => one === part);
  if (!found) throw notFound('the server could not find the requested resource');
  const fits = verb === (CREATED_PARTS.includes(found) ? 'POST' : 'PUT') && !READ.includes(found);
  if (!fits) throw methodNotAllowed('the server does not allow this method on the requested resource');
  return found;
}

/** Does what `--raw` asks with a verb of HTTP; false without the flag. */
export function writeRaw(call: Call, verb: 'POST' | 'PUT' | 'DELETE'): boolean {
  const uri = call.flags.text('raw');
  if (uri === '') return false;
  validate(call, verb);
  const [path = '', query = ''] = uri.split('?');
  const options = optionsIn(query, verb);
  const [, namespace, pod] = EVICTION.exec(path) ?? [];
  if (verb === 'POST' && namespace && pod) {
    call.io.client.evict(namespace, pod, { dryRun: options.dryRun });
    call.out(DONE);
    return true;
  }
  const place = placeOf(path, call.io.client.discovery());
  if (!place) throw notFound('the server could not find the requested resource');
  const part = partOf(verb, place);
  if (!part) refuseMethod(verb, place);
  if (verb === 'DELETE') deleted(call, place, options);
  else {
    const { id: kind, namespace, name, info } = place;
    const value = valueIn(bodyOf(call), place);
    const made = call.io.client.put({ kind, namespace, name, subresource: part }, value, options);
    if (part === 'binding') call.out(DONE);
    else answered(call, made, (part && TYPES[part]) ?? info.kind);
  }
  return true;
}
