/**
 * kubectl cp: files between containers and the terminal's directory, by tar in the container.
 * Follows staging/src/k8s.io/kubectl/pkg/cmd/cp/cp.go. An archive is a text of our own that only our tar reads.
 */
import { packArchive, unpackArchive } from '../../engine/api/archive';
import type { Pod } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { KubectlError } from '../errors';
import { pathInside, plainPath } from '../files';
import { flag } from '../flag-sets';
import { placeIn, type RemotePlace, refuseCompleted, refuseFailure, remoteOutput } from '../remote-command';
import { namespaceOf } from '../selection';

interface FileSpec {
  readonly namespace: string;
  readonly pod: string;
  readonly file: string;
}

function fileSpec(argument: string): FileSpec {
  const wrong = () => new KubectlError('filespec must match the canonical format: [[namespace/]pod:]file/path');
  const colon = argument.indexOf(':');
  if (colon === 0) throw wrong();
  if (colon < 0) return { namespace: '', pod: '', file: argument };
  const pieces = argument.slice(0, colon).split('/');
  const file = argument.slice(colon + 1);
  if (pieces.length > 2) throw wrong();
  const [first = '', second] = pieces;
  return second === undefined ? { namespace: '', pod: first, file } : { namespace: first, pod: second, file };
}

function placeOf(call: Call, spec: FileSpec): RemotePlace {
  const pod = call.io.client.get<Pod>('Pod', spec.namespace || namespaceOf(call), spec.pod);
  refuseCompleted(pod, 'exec into');
  return placeIn(call, pod);
}

const baseOf = (path: string): string => path.replace(/\/+$/, '').replace(/^.*\//, '');
const directoryOf = (path: string): string => /^(.*)\/[^/]*$/.exec(path.replace(/(.)\/+$/, '$1'))?.[1] ?? '';

/** From the terminal's directory into a container. */
function copyToPod(call: Call, source: FileSpec, target: FileSpec): void {
  const { files } = call.io;
  const own = files.read(source.file);
  const inside = own === undefined ? files.list(source.file) : [];
  if (own === undefined && inside.length === 0)
    throw new KubectlError(`${source.file} doesn't exist in local filesystem`);
  const place = placeOf(call, target);
  const isDirectory = remoteOutput(call, place, ['test', '-d', target.file]).code === 0;
  const path = isDirectory ? `${target.file.replace(/\/+$/, '')}/${baseOf(plainPath(source.file))}` : target.file;
  const name = baseOf(path);
  const entries =
    own === undefined
      ? inside.map((file) => ({ name: `${name}/${pathInside(source.file, file)}`, text: files.read(file) ?? '' }))
      : [{ name, text: own }];
  const directory = directoryOf(path) || (path.startsWith('/') ? '/' : '');
  const into = directory ? ['-C', directory] : [];
  const keeps = call.flags.bool('no-preserve') ? ['--no-same-permissions', '--no-same-owner'] : [];
  const result = remoteOutput(call, place, ['tar', ...keeps, '-xmf', '-', ...into], packArchive(entries));
  call.out(result.stdout);
  call.err(result.stderr);
  refuseFailure(result.code);
}

/** From a container into the terminal's directory. */
function copyFromPod(call: Call, source: FileSpec, target: FileSpec): void {
  const place = placeOf(call, source);
  const result = remoteOutput(call, place, ['tar', 'cf', '-', source.file]);
  call.out(result.stderr);
  refuseFailure(result.code);
  const prefix = plainPath(source.file);
  const { namespace, pod, file } = source;
  // The namespace as it was written, though that be none.
  let hint = ` (consider using "kubectl exec -n "${namespace}" "${pod}" -- tar cf - "${file.replace(/(.)\/$/, '$1')}" | tar xf -")`;
  for (const { name, text, link } of unpackArchive(result.stdout) ?? []) {
    if (name.endsWith('/')) continue;
    const path = `${target.file}${name.slice(prefix.length)}`;
    if (link === undefined) {
      call.io.files.write(path, text);
      continue;
    }
    call.err(`warning: skipping symlink: "${path.startsWith('/') ? '/' : ''}${plainPath(path)}" -> "${link}"${hint}\n`);
    hint = '';
  }
}

function run(call: Call): Turn {
  const { args } = call;
  if (args.length !== 2) throw new KubectlError('source and destination are required');
  const [source, target] = [fileSpec(args[0] ?? ''), fileSpec(args[1] ?? '')];
  if (source.pod && target.pod) throw new KubectlError('one of src or dest must be a local file specification');
  if (!source.file || !target.file) throw new KubectlError('filepath can not be empty');
  if (source.pod) copyFromPod(call, source, target);
  else if (target.pod) copyToPod(call, source, target);
  else throw new KubectlError('one of src or dest must be a remote file specification');
  return undefined;
}

/** kubectl cp. */
export const cp: Command = {
  path: 'cp',
  use: 'cp <file-spec-src> <file-spec-dest>',
  flags: [
    flag.text('container', 'c'),
    flag.bool('no-preserve'),
    flag.harmless(flag.int('retries'), 'nothing is lost on the way'),
  ],
  run,
};
