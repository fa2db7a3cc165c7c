/** kubectl version: the Kubernetes whose behaviour is followed. Follows staging/src/k8s.io/kubectl/pkg/cmd/version/version.go. */

import { SERVER_VERSION } from '../../engine/api/server-version';
import type { Call, Command, Turn } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { yamlText } from '../output/yaml-text';
import { CLIENT_VERSION } from '../raw-documents';

/** The Kubernetes release that is followed. */
export const KUBERNETES_VERSION = 'v1.36.3';
const KUSTOMIZE_VERSION = 'v5.8.1';

function run(call: Call): Turn {
  const clientOnly = call.flags.bool('client');
  if (call.args.length > 0 && !clientOnly) throw new KubectlError(`extra arguments: [${call.args.join(' ')}]`);
  const output = call.flags.text('output');
  if (!['', 'yaml', 'json'].includes(output)) throw new KubectlError("--output must be 'yaml' or 'json'");
  const server = clientOnly ? {} : { serverVersion: SERVER_VERSION };
  const versions = { clientVersion: CLIENT_VERSION, kustomizeVersion: KUSTOMIZE_VERSION, ...server };
  if (output === 'json') call.out(`${JSON.stringify(versions, undefined, 2)}\n`);
  else if (output === 'yaml') call.out(`${yamlText(versions)}\n`);
  else {
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
