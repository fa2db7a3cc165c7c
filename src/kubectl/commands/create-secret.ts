/** kubectl create secret generic|tls|docker-registry. Follows staging/src/k8s.io/kubectl/pkg/cmd/create/create_secret*.go. */
import { encodeBase64 } from '../../engine/api/base64';
import type { KubeObject } from '../../engine/api/meta';
import type { Call, Command, Turn } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { CREATE_FLAGS, createGenerated, nameArgument } from './create';
import { contentHash } from './create-configmap';
import { readSources, SOURCE_FLAGS } from './key-sources';

function createSecret(call: Call, name: string, type: string, values: Readonly<Record<string, string>>): void {
  const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, encodeBase64(value)]));
  const suffix = call.flags.bool('append-hash') ? `-${contentHash({ kind: 'Secret', type, name, data })}` : '';
  const secret: KubeObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `${name}${suffix}` },
    ...(type ? { type } : {}),
    ...(Object.keys(data).length > 0 ? { data } : {}),
  };
  createGenerated(call, secret, 'failed to create secret ');
}

function runGeneric(call: Call): Turn {
  const name = nameArgument(call);
  const values = readSources(call, 'Secret', name);
  createSecret(call, name, call.flags.text('type'), Object.fromEntries(values));
  return undefined;
}

/** A PEM file; whether key and certificate belong together is not checked. */
function readPem(call: Call, flagName: 'cert' | 'key'): string {
  const path = call.flags.text(flagName);
  const text = call.io.files.read(path);
  if (text === undefined) throw new KubectlError(`Cannot read file ${path}, open ${path}: no such file or directory`);
  return text;
}

function runTls(call: Call): Turn {
  const name = nameArgument(call);
  if (!call.flags.text('cert') || !call.flags.text('key')) throw new KubectlError('key and cert must be specified');
  const [cert, key] = [readPem(call, 'cert'), readPem(call, 'key')];
  if (!cert.includes('-----BEGIN ')) throw new KubectlError('tls: failed to find any PEM data in certificate input');
  if (!key.includes('-----BEGIN ')) throw new KubectlError('tls: failed to find any PEM data in key input');
  createSecret(call, name, 'kubernetes.io/tls', { 'tls.crt': cert, 'tls.key': key });
  return undefined;
}

function runDockerRegistry(call: Call): Turn {
  const name = nameArgument(call);
  const { flags } = call;
  const username = flags.text('docker-username');
  const password = flags.text('docker-password');
  const email = flags.text('docker-email');
  const server = flags.text('docker-server');
  if (flags.list('from-file').length > 0) {
    const values = Object.fromEntries(readSources(call, 'Secret', name, '.dockerconfigjson'));
    createSecret(call, name, 'kubernetes.io/dockerconfigjson', values);
    return undefined;
  }
  if (!username || !password || !server) {
    throw new KubectlError(
      'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
    );
  }
  const auth = { username, password, ...(email ? { email } : {}), auth: encodeBase64(`${username}:${password}`) };
  const config = JSON.stringify({ auths: { [server]: auth } });
  createSecret(call, name, 'kubernetes.io/dockerconfigjson', { '.dockerconfigjson': config });
  return undefined;
}

/** The kinds of `kubectl create secret`. */
export const CREATE_SECRETS: readonly Command[] = [
  {
    path: 'create secret generic',
    use: 'create secret generic NAME [--type=string] [--from-literal=key1=value1]',
    flags: [...CREATE_FLAGS, ...SOURCE_FLAGS, flag.text('type')],
    run: runGeneric,
  },
  {
    path: 'create secret tls',
    use: 'create secret tls NAME --cert=path/to/cert/file --key=path/to/key/file',
    flags: [...CREATE_FLAGS, flag.text('cert'), flag.text('key'), flag.bool('append-hash')],
    run: runTls,
  },
  {
    path: 'create secret docker-registry',
    use: 'create secret docker-registry NAME --docker-username=user --docker-password=password --docker-server=server',
    flags: [
      ...CREATE_FLAGS,
      ...SOURCE_FLAGS,
      flag.text('docker-username'),
      flag.text('docker-password'),
      flag.text('docker-email'),
      { name: 'docker-server', type: 'string', default: 'https://index.docker.io/v1/' },
    ],
    run: runDockerRegistry,
  },
];
