/** kubectl create deployment. Follows staging/src/k8s.io/kubectl/pkg/cmd/create/create_deployment.go. */
import type { KubeObject } from '../../engine/api/meta';
import type { Call, Command, Turn } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { CREATE_FLAGS, createGenerated, nameArgument } from './create';

const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** Five letters that depend on the text alone, where kubectl draws them. */
function suffix(text: string): string {
  let hash = 2166136261;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) as number), 16777619) >>> 0;
  let letters = '';
  for (let at = 0; at < 5; at++) {
    letters += SUFFIX_LETTERS[hash % SUFFIX_LETTERS.length];
    hash = Math.imul(hash, 16777619) >>> 0;
  }
  return letters;
}

/** A container name from an image: its last path part without tag and digest; `_` and `.` become `-`, with a suffix. */
export function containerName(image: string): string {
  const last = image.split('/').at(-1) ?? '';
  const bare = last.split(':')[0]?.split('@')[0] ?? '';
  return /[_.]/.test(bare) ? `${bare.replace(/[_.]/g, '-')}-${suffix(bare)}` : bare;
}

function containers(images: readonly string[], command: readonly string[], port: number): unknown[] {
  return images.map((image, index) => ({
    name: containerName(image),
    image,
    ...(command.length > 0 ? { command } : {}),
    ...(index === 0 && port >= 0 ? { ports: [{ containerPort: port }] } : {}),
    resources: {},
  }));
}

function run(call: Call): Turn {
  const name = nameArgument(call);
  const images = call.flags.list('image');
  const command = call.args.slice(1);
  if (images.length > 1 && command.length > 0) {
    throw new KubectlError('cannot specify multiple --image options and command');
  }
  const port = call.flags.given('port') ? call.flags.int('port') : -1;
  const labels = { app: name };
  const deployment: KubeObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas: call.flags.int('replicas'),
      selector: { matchLabels: labels },
      strategy: {},
      template: { metadata: { labels }, spec: { containers: containers(images, command, port) } },
    },
    status: {},
  };
  createGenerated(call, deployment, 'failed to create deployment: ');
  return undefined;
}

/** kubectl create deployment. */
export const createDeployment: Command = {
  path: 'create deployment',
  aliases: ['create deploy'],
  use: 'create deployment NAME --image=image -- [COMMAND] [args...]',
  flags: [
    ...CREATE_FLAGS,
    flag.required(flag.strings('image')),
    flag.int('port', -1),
    { name: 'replicas', short: 'r', type: 'int32', default: '1' },
  ],
  run,
};
