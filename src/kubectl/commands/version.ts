/** kubectl version: the Kubernetes whose behaviour is followed. Follows staging/src/k8s.io/kubectl/pkg/cmd/version/version.go. */
import type { Call, Command, Turn } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flag-sets';

/** The Kubernetes release that is followed. */
export const KUBERNETES_VERSION = 'v1.36.3';
const KUSTOMIZE_VERSION = 'v5.8.1';

function run(call: Call): Turn {
  const output = call.flags.text('output');
  if (!['', 'yaml', 'json'].includes(output)) throw new KubectlError("--output must be 'yaml' or 'json'");
  const clientOnly = call.flags.bool('client');
  const info = { gitVersion: KUBERNETES_VERSION, major: '1', minor: '36' };
  const server = clientOnly ? {} : { serverVersion: info };
  if (output === 'json') {
    const versions = { clientVersion: info, kustomizeVersion: KUSTOMIZE_VERSION, ...server };
    call.out(`${JSON.stringify(versions, undefined, 2)}\n`);
  } else if (output === 'yaml') {
    const block = `  gitVersion: ${info.gitVersion}\n  major: "${info.major}"\n  minor: "${info.minor}"\n`;
    call.out(`clientVersion:\n${block}kustomizeVersion: ${KUSTOMIZE_VERSION}\n`);
    if (!clientOnly) call.out(`serverVersion:\n${block}`);
    call.out('\n');
  } else {
    call.out(`Client Version: ${KUBERNETES_VERSION}\nKustomize Version: ${KUSTOMIZE_VERSION}\n`);
    if (!clientOnly) call.out(`Server Version: ${KUBERNETES_VERSION}\n`);
  }
  return undefined;
}

/** kubectl version. */
export const version: Command = {
  path: 'version',
  reads: true,
  use: 'version',
  flags: [flag.bool('client'), flag.text('output', 'o')],
  run,
};
