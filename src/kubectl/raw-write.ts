/**
 * `--raw` of commands that write: POST, PUT and DELETE of a path, with the server's answer as it comes. Follows kubectl/pkg/rawhttp/raw.go
 * and apiserver/pkg/endpoints/handlers/{create,update,delete}.go. Left out: subresources but evictions, collections, options of deletions.
 */
import { readJson } from '../engine/api/json-text';
import type { KubeObject } from '../engine/api/meta';
import type { Call } from './command';
import { KubectlError } from './errors';
import { inTypeOrder } from './output/typed-json';
import { type Place, placeOf, refuseBadUri } from './raw';
import { badRequest, notFound } from './refusals';

const EVICTION = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/eviction$/;

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

/** The object that a body says. Throws as the server refuses what is no JSON. */
function objectIn(body: string, { info, namespace }: Place): KubeObject {
  const { value, error } = readJson(body);
  if (error !== undefined) {
    const shown = body.startsWith('{') ? body.slice(0, 30) : hex(body.slice(0, 30));
    const rest = body.length > 30 ? ' ...' : '';
    const why = `couldn't get version/kind; json parse error: ${error}`;
    throw badRequest(`the object provided is unrecognized (must be of type ${info.kind}): ${why} (${shown}${rest})`);
  }
  const object = value as KubeObject;
  return namespace === undefined ? object : { ...object, metadata: { ...object.metadata, namespace } };
}

function answered(call: Call, value: object, type = ''): void {
  call.out(`${JSON.stringify(inTypeOrder(value, type))}\n`);
}

function deleted(call: Call, { info, id, namespace, name = '' }: Place): void {
  const left = call.io.client.delete(id, namespace, name);
  if (call.io.client.find(id, namespace, name)) {
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

/** Does what `--raw` asks with a verb of HTTP; false without the flag. */
export function writeRaw(call: Call, verb: 'POST' | 'PUT' | 'DELETE'): boolean {
  const uri = call.flags.text('raw');
  if (uri === '') return false;
  validate(call, verb);
  const [path = ''] = uri.split('?');
  const [, namespace, pod] = EVICTION.exec(path) ?? [];
  if (verb === 'POST' && namespace && pod) {
    call.io.client.evict(namespace, pod, {});
    call.out('{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":201}\n');
    return true;
  }
  const place = placeOf(path, call.io.client.discovery());
  if (!place || (place.name === undefined) !== (verb === 'POST'))
    throw notFound('the server could not find the requested resource');
  if (verb === 'DELETE') deleted(call, place);
  else {
    const object = objectIn(bodyOf(call), place);
    const written = verb === 'POST' ? call.io.client.create(object) : call.io.client.update(object);
    answered(call, written, place.info.kind);
  }
  return true;
}
